import { type RequestHandler, Router } from 'express'
import { confirmDelete, sendDelete } from './delete.ts'
import { editPage, sendEdit } from './edit.ts'
import type { WritingDeps } from './slots.ts'
import { versionsPage } from './versions.ts'

/** What happens to a post later: `/post/678/edit`, `/post/678/delete` and `/post/678/versions`. */
export function editingRouter(deps: WritingDeps): RequestHandler {
  const router = Router()
  router.get('/post/:id/edit', editPage(deps))
  router.post('/post/:id/edit', sendEdit(deps))
  router.get('/post/:id/delete', confirmDelete(deps))
  router.post('/post/:id/delete', sendDelete(deps))
  router.get('/post/:id/versions', versionsPage(deps))
  return router
}
