import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type Form, notify, page, readForm } from '../../../platform/http/index.ts'
import { registrationTexts, withTerms } from '../../pages/index.ts'
import type { Carried } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { guardOf, holdInvitation, invitationOf, letGoOfInvitation, wayIn } from '../../spam/index.ts'
import { fieldsOf } from '../carried.ts'
import { registerForm } from '../forms.ts'
import { registerOnce } from '../register-once.ts'
import { attempt } from './attempt.ts'
import { isAskingFor, readCarried } from './carried.ts'
import { probeCookies, withoutCookies } from './cookie-probe.ts'
import type { AccountsDeps } from './deps.ts'
import { goOn } from './go-on.ts'
import { homeOf } from './home.ts'
import { startMemberSession } from './member-session.ts'
import { signInOriginOf } from './sign-in-origin.ts'

/** `/register/` */
export function registerRoutes(deps: AccountsDeps): Router {
  const router = Router()

  router.get('/register', async (req, res) => {
    if (req.viewer.member) return res.redirect(303, homeOf(req))
    await holdInvitation(deps.db, req, res)
    await registerPage(deps, req, res, emptyForm())
  })

  router.post('/register', async (req, res) => {
    const carried = readCarried(req)
    if (req.viewer.member) return goOn(deps, req, res, carried)
    if (isAskingFor(req, 'name', 'email', 'password')) return registerPage(deps, req, res, emptyForm(), carried)

    const sent = await withTerms(deps.db, req, readForm(registerForm, req.body))
    const refused = withoutCookies(req, res, sent)
    if (refused) return registerPage(deps, req, res, refused, carried)

    const from = { ...signInOriginOf(req), fields: req.body, invitation: invitationOf(req) }
    const { done, form } = await attempt(res, sent, values => registerOnce(deps, values, from))
    if (form) return registerPage(deps, req, res, form, carried)
    const { member } = await startMemberSession(deps.db, req, res, done)
    letGoOfInvitation(req, res)
    if (!member?.waiting) {
      notify(req, { kind: 'success', message: msg('accounts.welcome', { name: member?.name ?? '' }) })
    }
    await goOn(deps, req, res, carried)
  })

  return router
}

async function registerPage(
  { db }: AccountsDeps,
  req: Request,
  res: Response,
  form: Form<unknown>,
  carried: Carried | null = null,
): Promise<void> {
  const { password_min_length } = await settings(db)
  const { may, invitation, why } = await wayIn(db, req)
  probeCookies(res)
  await page(res, may ? 'accounts/register' : 'accounts/registration-closed', {
    meta: { title: req.t('accounts.register'), noindex: true, noStore: true, narrow: true },
    form,
    guard: may ? await guardOf(db, 'register', form.typed) : null,
    invitation,
    why,
    least: password_min_length,
    texts: await registrationTexts(db),
    carried: carried ? fieldsOf(carried) : null,
    returnPath: homeOf(req),
  })
}
