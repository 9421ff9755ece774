import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { addressOf, emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type Settings, settingsForm } from '../../settings/index.ts'
import { addBlock, blockForm, deleteBlock, deleteQuestion, insertQuestion, questionForm } from '../../spam/index.ts'
import { spamPage } from '../spam.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'
import { saveSettings } from './settings.ts'

const here = '/admin/spam'

/** Which checks are on and what they stopped, the questions, and the blocks. */
export function spamRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/spam', (req, res) => show(db, req, res))
  router.post('/spam/checks', async (req, res) => {
    const form = readForm(settingsForm('spam'), req.body)
    if (form.errors) return show(db, req, res.status(422), { form })
    await saveSettings(db, req, form.values as Partial<Settings>)
    res.redirect(303, here)
  })
  return router.use(questionRoutes(db), blockRoutes(db))
}

function questionRoutes(db: Db): Router {
  const router = Router()
  router.post('/spam/questions', async (req, res) => {
    const { form } = await submit(readForm(questionForm, req.body), ({ text, answers }) =>
      insertQuestion(db, { question: text, answers }, Date.now()),
    )
    if (form) return show(db, req, res.status(422), { questionForm: form })
    done(req, res, 'spam.question_added')
  })
  router.post('/spam/questions/:id/remove', async (req, res) => {
    if (!(await deleteQuestion(db, idOf(req)))) return sayGone(req, res, here)
    done(req, res, 'spam.removed')
  })
  return router
}

function blockRoutes(db: Db): Router {
  const router = Router()
  router.post('/spam/blocks', async (req, res) => {
    const { form } = await submit(readForm(blockForm, req.body), ({ kind, pattern }) =>
      addBlock(db, kind, pattern, addressOf(req)),
    )
    if (form) return show(db, req, res.status(422), { blockForm: form })
    done(req, res, 'spam.block_added')
  })
  router.post('/spam/blocks/:id/remove', async (req, res) => {
    if (!(await deleteBlock(db, idOf(req)))) return sayGone(req, res, here)
    done(req, res, 'spam.removed')
  })
  return router
}

function done(req: Request, res: Response, key: string): void {
  notify(req, { kind: 'success', message: msg(key) })
  res.redirect(303, here)
}

type Forms = Partial<Record<'form' | 'questionForm' | 'blockForm', FormView>>

async function show(db: Db, req: Request, res: Response, forms: Forms = {}): Promise<void> {
  const empty = { form: emptyForm(), questionForm: emptyForm(), blockForm: emptyForm() }
  await adminPage(req, res, 'spam', { room: 'spam', title: 'spam.title', ...(await spamPage(db)), ...empty, ...forms })
}
