import { Router } from 'express'
import { accountRoutes } from './account.ts'
import type { AccountsDeps } from './deps.ts'
import { registerRoutes } from './register.ts'
import { setupRoutes } from './setup.ts'
import { signInRoutes } from './sign-in.ts'

/** Registering, signing in and out, one's own account, and the set-up. */
export function accountsRouter(deps: AccountsDeps): Router {
  return Router().use(signInRoutes(deps), registerRoutes(deps), accountRoutes(deps), setupRoutes(deps))
}
