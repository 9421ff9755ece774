import { type Request, type Response, Router } from 'express'
import { msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import {
  emptyForm,
  type FormView,
  idOf,
  notify,
  page,
  readForm,
  submit,
  withErrors,
} from '../../../platform/http/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import type { ViewerMember } from '../../members/index.ts'
import { acknowledgeWarning, answerWarning, sanctionById, sanctionsOf } from '../../sanctions/index.ts'
import { answerForm } from '../forms.ts'

const here = '/account/warnings/'

/** What members read about what holds them back: they acknowledge warnings and may answer each once. */
export function ownWarnings({ db }: { readonly db: Db }): Router {
  const router = Router()

  const show = async (req: Request, res: Response, form: FormView = emptyForm(), answering: number | null = null) => {
    const title = req.t('sanctions.own')
    const breadcrumb = [{ href: '/account/', text: req.t('accounts.account') }]
    const meta = { title, noindex: true, narrow: true, noStore: true, breadcrumb }
    const rows = await sanctionsOf(db, memberOf(req).id)
    await page(res, 'sanctions/own', { meta, rows, form, answering, now: Date.now() })
  }

  router.get('/account/warnings', (req, res) => show(req, res))

  router.post('/account/warnings/:id/acknowledge', async (req, res) => {
    const id = await ownWarning(db, req)
    const isNew = await inTransaction(db, tx => acknowledgeWarning(tx, memberOf(req).id, id, Date.now()))
    notify(req, { kind: 'success', message: msg(isNew ? 'sanctions.acknowledged' : 'sanctions.acknowledged_before') })
    res.redirect(303, here)
  })

  router.post('/account/warnings/:id/answer', async (req, res) => {
    const id = await ownWarning(db, req)
    const sent = readForm(answerForm, req.body)
    const { done, form } = await submit(sent, ({ answer }) =>
      inTransaction(db, tx => answerWarning(tx, memberOf(req).id, id, answer, Date.now())),
    )
    if (form) return show(req, res.status(422), form, id)
    if (!done) return show(req, res.status(409), withErrors(sent, { answer: msg('sanctions.answered_before') }), id)
    notify(req, { kind: 'success', message: msg('sanctions.answered') })
    res.redirect(303, here)
  })

  return router
}

function memberOf(req: Request): ViewerMember {
  if (!req.viewer.member) throw new SignInNeeded()
  return req.viewer.member
}

/** The id of a warning of whoever asks. Throws NotFound. */
async function ownWarning(db: Db, req: Request): Promise<number> {
  const { id: memberId } = memberOf(req)
  const row = await sanctionById(db, idOf(req))
  if (row?.member_id !== memberId || row.kind !== 'warning') throw new NotFound()
  return row.id
}
