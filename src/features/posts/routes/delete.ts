import type { RequestHandler } from 'express'
import { allow, msg, SignInNeeded } from '../../../platform/errors.ts'
import { idOf, notify, page } from '../../../platform/http/index.ts'
import { forumTree } from '../../forums/index.ts'
import { topicPath } from '../../topics/index.ts'
import { deleteOwn } from '../delete-own.ts'
import { findPost } from '../find-post.ts'
import { postPath } from '../places.ts'
import { canDeleteOwn } from '../policy.ts'
import type { WritingDeps } from './slots.ts'

/** GET: asks whether it is meant. */
export function confirmDelete({ db }: WritingDeps): RequestHandler {
  return async (req, res) => {
    const { topic, post } = await findPost(db, req.viewer, idOf(req))
    if (!req.viewer.member) throw new SignInNeeded()
    allow(canDeleteOwn(req.viewer, topic, post), msg('posts.delete_not_allowed'))
    const isTopic = topic.first_post_id === post.id
    await page(res, 'posts/delete', {
      meta: { title: req.t(isTopic ? 'posts.delete_topic' : 'posts.delete_reply'), noindex: true, narrow: true },
      isTopic,
      topic,
      html: post.html,
      action: `${postPath(post)}/delete`,
      back: postPath(post),
    })
  }
}

/** POST: deletes, and leads to where the post or topic stood. */
export function sendDelete({ db }: WritingDeps): RequestHandler {
  return async (req, res) => {
    const { topic, post } = await findPost(db, req.viewer, idOf(req))
    const { kind, forumId } = await deleteOwn(db, req.viewer, post)
    notify(req, { kind: 'success', message: msg(kind === 'topic' ? 'posts.deleted_topic' : 'posts.deleted_reply') })
    const forum = (await forumTree(db)).byId.get(forumId)
    res.redirect(303, kind === 'topic' ? (forum?.path ?? '/') : topicPath(topic))
  }
}
