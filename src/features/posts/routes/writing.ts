import { type RequestHandler, Router } from 'express'
import { newTopicPage, sendTopic } from './new-topic.ts'
import { quoting } from './quoting.ts'
import { replyPage, sendReply } from './reply.ts'
import type { WritingDeps } from './slots.ts'

/** Replies and new topics: `/topic/345/reply` and `/forum/12-name/new-topic`, each to read and to send; and quotes. */
export function writingRouter(deps: WritingDeps): RequestHandler {
  const router = Router()
  router.get('/topic/:id/reply', replyPage(deps))
  router.post('/topic/:id/reply', sendReply(deps))
  router.get('/forum/:id/new-topic', newTopicPage(deps))
  router.post('/forum/:id/new-topic', sendTopic(deps))
  router.post('/compose/quotes', quoting(deps))
  return router
}
