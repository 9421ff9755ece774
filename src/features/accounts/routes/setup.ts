import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type Form, notify, page, readForm, webOf } from '../../../platform/http/index.ts'
import { settings } from '../../settings/index.ts'
import { setupForm } from '../forms.ts'
import { isSetupToken, setUp } from '../set-up.ts'
import { attempt } from './attempt.ts'
import type { AccountsDeps } from './deps.ts'
import { startMemberSession } from './member-session.ts'

/** `/setup/?token=…`: not there for anybody without the token. */
export function setupRoutes(deps: AccountsDeps): Router {
  const { db } = deps
  const router = Router()

  router.get('/setup', async (req, res) => {
    const token = await demandToken(deps, req.query.token)
    const origin = webOf(res).origin(req)
    await setupPage(deps, req, res, emptyForm({ base_url: origin, sample: '1' }), token)
  })

  router.post('/setup', async (req, res) => {
    const token = await demandToken(deps, req.body?.token)
    const sent = readForm(setupForm, req.body)
    const { done, form } = await attempt(res, sent, values => setUp(deps, token, values, deps))
    if (form) return setupPage(deps, req, res, form, token)
    await startMemberSession(db, req, res, done)
    notify(req, { kind: 'success', message: msg('accounts.setup_done') })
    if (sent.values?.sample) await deps.addSampleContent(db)
    res.redirect(303, '/')
  })

  return router
}

async function demandToken({ db }: AccountsDeps, token: unknown): Promise<string> {
  if (typeof token === 'string' && (await isSetupToken(db, token))) return token
  throw new NotFound()
}

async function setupPage(
  { db }: AccountsDeps,
  req: Request,
  res: Response,
  form: Form<unknown>,
  token: string,
): Promise<void> {
  const { password_min_length } = await settings(db)
  await page(res, 'accounts/set-up', {
    meta: { title: req.t('accounts.setup'), noindex: true, noStore: true, narrow: true },
    form,
    token,
    least: password_min_length,
  })
}
