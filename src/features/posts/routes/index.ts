import { type RequestHandler, Router } from 'express'
import { editingRouter } from './editing.ts'
import { embedsRouter } from './embeds.ts'
import { helpRouter } from './help.ts'
import { type ReadingDeps, readingRouter } from './reading.ts'
import { suggestingRouter } from './suggesting.ts'
import { writingRouter } from './writing.ts'

/** Everything about topics' pages and posts: reading, writing, editing, and the help on writing. */
export function postsRouter(deps: ReadingDeps): RequestHandler {
  const writing = { db: deps.db, slots: deps.writing }
  const router = Router()
  router.use(
    writingRouter(writing),
    editingRouter(writing),
    helpRouter(),
    embedsRouter(deps),
    suggestingRouter(deps),
    readingRouter(deps),
  )
  return router
}
