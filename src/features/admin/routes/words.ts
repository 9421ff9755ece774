import { type Request, type Response, Router } from 'express'
import { finderOf } from '../../../content/index.ts'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { addWord, allWords, heldWords, removeWord, shownWords, tryForm, wordForm } from '../../words/index.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'

const here = '/admin/words'

interface Shown {
  readonly form?: FormView
  readonly tryForm?: FormView
  /** What a sentence becomes. */
  readonly becomes?: string
  /** It would wait. */
  readonly holds?: boolean
}

/** `/admin/words`: words that are shown as others, or hold back what they stand in. */
export function wordRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/words', (req, res) => show(db, req, res))

  router.post('/words', async (req, res) => {
    const { done, form } = await submit(readForm(wordForm, req.body), values => addWord(db, values))
    if (form) return show(db, req, res.status(422), { form })
    const { word, replacement } = done
    const message = replacement === null ? msg('words.held', { word }) : msg('words.replaced', { word, replacement })
    notify(req, { kind: 'success', message })
    res.redirect(303, here)
  })

  /** Keeps nothing. */
  router.get('/words/try', async (req, res) => {
    const sent = readForm(tryForm, req.query)
    if (sent.errors) return show(db, req, res.status(422), { tryForm: sent })
    const { sentence } = sent.values
    const holds = finderOf(await heldWords(db)).isIn(sentence)
    await show(db, req, res, { tryForm: sent, becomes: (await shownWords(db)).line(sentence), holds })
  })

  router.post('/words/:id/remove', async (req, res) => {
    const word = await removeWord(db, idOf(req))
    if (word === undefined) return sayGone(req, res, here)
    notify(req, { kind: 'success', message: msg('words.removed', { word }) })
    res.redirect(303, here)
  })
  return router
}

async function show(db: Db, req: Request, res: Response, shown: Shown = {}): Promise<void> {
  const page = { words: await allWords(db), form: emptyForm(), tryForm: emptyForm(), becomes: null, holds: false }
  await adminPage(req, res, 'words', { room: 'words', title: 'admin.words', ...page, ...shown })
}
