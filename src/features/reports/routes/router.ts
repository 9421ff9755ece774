import { Router } from 'express'
import type { Db } from '../../../platform/store/index.ts'
import { ownReportsRoutes } from './own.ts'
import { reportRoutes } from './report.ts'

/** Reporting posts, and what came of it. What moderators do with reports is in their own rooms. */
export function reportsRouter(deps: { readonly db: Db }): Router {
  return Router().use(reportRoutes(deps), ownReportsRoutes(deps))
}
