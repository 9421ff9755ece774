import { Router } from 'express'
import { dataRoutes } from './data.ts'
import type { PrivacyDeps } from './deps.ts'
import { leaveRoutes } from './leave.ts'
import { staffRoutes } from './staff.ts'

/** What members can do about what is stored about them. */
export function privacyRouter(deps: PrivacyDeps): Router {
  return Router().use(dataRoutes(deps), leaveRoutes(deps), staffRoutes(deps))
}
