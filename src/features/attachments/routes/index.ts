import { type RequestHandler, Router } from 'express'
import { ownFilesRoutes } from './own-files.ts'
import { type ServeDeps, serveAttachment } from './serve.ts'
import { takeUploads } from './upload.ts'

/** The path that takes files and nothing else. */
export const attachmentUploads: readonly RegExp[] = [/^\/attachments\/?$/i]

/** Uploads, and what was uploaded. */
export function attachmentsRouter(deps: ServeDeps): RequestHandler {
  const router = Router()
  router.get('/attachment/:id/:name', serveAttachment(deps))
  router.post('/attachments', takeUploads(deps))
  router.use(ownFilesRoutes(deps))
  return router
}
