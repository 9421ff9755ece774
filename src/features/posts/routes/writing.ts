import { type RequestHandler, Router } from 'express'
import { newTopicPage, sendTopic } from './new-topic.ts'
import { replyPage, sendReply } from './reply.ts'
import type { WritingDeps } from './slots.ts'

/** Replies and new topics: `/topic/345/reply` and `/forum/12-name/new-topic`, each to read and to send. */
export function writingRouter(deps: WritingDeps): RequestHandler {
  const router = Router()
  router.get('/topic/:id/reply', replyPage(deps))
  router.post('/topic/:id/reply', sendReply(deps))
  router.get('/forum/:id/new-topic', newTopicPage(deps))
  router.post('/forum/:id/new-topic', sendTopic(deps))
  return router
}
