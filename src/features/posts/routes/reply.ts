import type { Request, RequestHandler, Response } from 'express'
import { idOf, page, readForm } from '../../../platform/http/index.ts'
import { type ForumNode, findForum } from '../../forums/index.ts'
import { findTopic, type Topic, topicPath } from '../../topics/index.ts'
import { composePost } from '../compose-post.ts'
import { type ReplyValues, replyForm } from '../forms.ts'
import { postPath } from '../places.ts'
import { wayToReplyTo } from '../policy.ts'
import { postReply } from '../post-reply.ts'
import { refusalToReply } from '../refusals.ts'
import { replyBoxFor, type WritingBox } from '../reply-box.ts'
import { breadcrumbTo } from './breadcrumb.ts'
import { replyBoxOn } from './filling.ts'
import { carriedFrom } from './lost.ts'
import { answerForm, hasSignedOut, type Writing } from './send.ts'
import type { WritingDeps } from './slots.ts'

/** GET: the box on a page of its own, for quoting and for drafts without the topic around it. */
export function replyPage(deps: WritingDeps): RequestHandler {
  return async (req, res) => {
    const topic = await findTopic(deps.db, req.viewer, idOf(req))
    const forum = await findForum(deps.db, req.viewer, topic.forum_id)
    await showReplyPage(deps, req, res, topic, await replyBoxOn(deps, req, forum, topic))
  }
}

/** POST: posts, or shows the form again with what is wrong with it, or what it would look like. */
export function sendReply(deps: WritingDeps): RequestHandler {
  return async (req, res) => {
    const place = `topic:${idOf(req)}` as const
    if (hasSignedOut(req)) return deps.slots.askToSignIn(req, res, carriedFrom(req, place))
    await answerForm(deps, req, res, place, async () => {
      const topic = await findTopic(deps.db, req.viewer, idOf(req))
      const forum = await findForum(deps.db, req.viewer, topic.forum_id)
      return replying(deps, req, res, forum, topic)
    })
  }
}

function replying(
  deps: WritingDeps,
  req: Request,
  res: Response,
  forum: ForumNode,
  topic: Topic,
): Writing<ReplyValues> {
  const form = readForm(replyForm, req.body)
  return {
    form,
    way: wayToReplyTo(req.viewer, forum, topic),
    refusal: way => refusalToReply(req.viewer, forum, topic, way),
    show: async (shown, preview) => {
      await showReplyPage(deps, req, res, topic, await replyBoxFor(deps.db, req.viewer, forum, topic, shown), preview)
    },
    preview: async values => ({ html: (await composePost(deps.db, values, { viewer: req.viewer })).html }),
    send: async (values, alongside) => postPath(await postReply(deps.db, req.viewer, topic, values, alongside)),
    guest: (way, { body, format }) => ({
      kind: 'reply',
      way,
      forum,
      topic,
      values: { title: null, body, format },
      typed: form.typed,
    }),
  }
}

async function showReplyPage(
  { db }: WritingDeps,
  req: Request,
  res: Response,
  topic: Topic,
  box: WritingBox,
  preview: { html: string } | null = null,
): Promise<void> {
  await page(res, 'posts/reply', {
    meta: {
      title: req.t('posts.reply_to', { title: topic.title }),
      noindex: true,
      noStore: box.kept != null,
      breadcrumb: await breadcrumbTo(db, topic),
    },
    topic: { title: topic.title, path: topicPath(topic) },
    box,
    preview,
  })
}
