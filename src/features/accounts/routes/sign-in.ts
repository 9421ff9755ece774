import { type Request, type Response, Router } from 'express'
import { emptyForm, type Form, page, readForm } from '../../../platform/http/index.ts'
import type { Carried } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { mayRegister } from '../../spam/index.ts'
import { fieldsOf } from '../carried.ts'
import { signInForm } from '../forms.ts'
import { signIn } from '../sign-in.ts'
import { attempt } from './attempt.ts'
import { isAskingFor, readCarried } from './carried.ts'
import { probeCookies, withoutCookies } from './cookie-probe.ts'
import type { AccountsDeps } from './deps.ts'
import { goOn } from './go-on.ts'
import { homeOf } from './home.ts'
import { endMemberSession, startMemberSession } from './member-session.ts'
import { signInOriginOf } from './sign-in-origin.ts'

/** `/login/` and `/logout/` */
export function signInRoutes(deps: AccountsDeps): Router {
  const { db } = deps
  const router = Router()

  router.get('/login', async (req, res) => {
    if (req.viewer.member) return res.redirect(303, homeOf(req))
    await signInPage(deps, req, res, { form: emptyForm() })
  })

  router.post('/login', async (req, res) => {
    const carried = readCarried(req)
    if (isAskingFor(req, 'login', 'password')) return askOrGoOn(deps, req, res, carried)

    const sent = readForm(signInForm, req.body)
    const refused = withoutCookies(req, res, sent)
    if (refused) return signInPage(deps, req, res, { form: refused, carried })

    const { done, form } = await attempt(res, sent, values => signIn(deps, values, signInOriginOf(req)))
    if (form) return signInPage(deps, req, res, { form, carried })
    await startMemberSession(db, req, res, done, { remember: sent.values?.remember })
    await goOn(deps, req, res, carried)
  })

  router.post('/logout', async (req, res) => {
    await endMemberSession(db, req, res)
    res.redirect(303, '/')
  })

  return router
}

/** "Sign in now" was pressed beside a text. Whoever is signed in by now, in another tab, simply goes on. */
async function askOrGoOn(deps: AccountsDeps, req: Request, res: Response, carried: Carried | null): Promise<void> {
  if (req.viewer.member) return goOn(deps, req, res, carried)
  await signInPage(deps, req, res, { form: emptyForm(), carried })
}

/** For whoever was a member when they began to write and is none now: the sign-in page, with what they typed kept in it. */
export async function askToSignIn(deps: AccountsDeps, req: Request, res: Response, carried: Carried): Promise<void> {
  await signInPage(deps, req, res.status(403), { form: emptyForm(), carried, ended: true })
}

interface SignInPage {
  readonly form: Form<unknown>
  readonly carried?: Carried | null
  /** The session ended while they wrote. */
  readonly ended?: boolean
}

async function signInPage({ db }: AccountsDeps, req: Request, res: Response, shown: SignInPage): Promise<void> {
  const { form, carried, ended = false } = shown
  probeCookies(res)
  await page(res, 'accounts/sign-in', {
    meta: { title: req.t('accounts.sign_in'), noindex: true, noStore: true, narrow: true },
    form,
    ended,
    carried: carried ? fieldsOf(carried) : null,
    returnPath: homeOf(req),
    mayRegister: mayRegister(req.viewer, await settings(db)),
  })
}
