import { Router } from 'express'
import type { Db } from '../../../platform/store/index.ts'
import { acceptRoutes } from './accept.ts'
import { contactRoutes } from './contact.ts'
import { textRoutes } from './texts.ts'

/** The community's texts, accepting the terms, and writing to the administrators. */
export function pagesRouter(deps: { db: Db }): Router {
  return Router().use(textRoutes(deps), acceptRoutes(deps), contactRoutes(deps))
}
