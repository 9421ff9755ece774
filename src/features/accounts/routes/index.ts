import { Router } from 'express'
import { addressRoutes } from '../email/routes/address.ts'
import { addressLinkRoutes } from '../email/routes/links.ts'
import { passwordRoutes } from '../recover/routes/password.ts'
import { recoverRoutes } from '../recover/routes/recover.ts'
import { verifyRoutes } from '../verify/routes/verify.ts'
import { accountRoutes } from './account.ts'
import type { AccountsDeps } from './deps.ts'
import { registerRoutes } from './register.ts'
import { sessionsRoutes } from './sessions.ts'
import { setupRoutes } from './setup.ts'
import { signInRoutes } from './sign-in.ts'

/** Registering, signing in and out, getting in again, one's own account, and the set-up. */
export function accountsRouter(deps: AccountsDeps): Router {
  const proofs = [
    verifyRoutes(deps),
    recoverRoutes(deps),
    passwordRoutes(deps),
    addressRoutes(deps),
    addressLinkRoutes(deps),
  ]
  return Router()
    .use(proofs)
    .use(signInRoutes(deps), registerRoutes(deps), accountRoutes(deps), sessionsRoutes(deps), setupRoutes(deps))
}
