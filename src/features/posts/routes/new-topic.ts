import type { Request, RequestHandler, Response } from 'express'
import { Forbidden, SignInNeeded } from '../../../platform/errors.ts'
import { type Form, idFrom, idOf, page, readForm, withErrors } from '../../../platform/http/index.ts'
import { type ForumNode, findForum, prefixFault, wayToStart } from '../../forums/index.ts'
import { settings } from '../../settings/index.ts'
import { topicById, topicPath } from '../../topics/index.ts'
import { composePost } from '../compose-post.ts'
import { type TopicValues, topicForm } from '../forms.ts'
import { postPath } from '../places.ts'
import { refusalToStart } from '../refusals.ts'
import { topicBoxFor, type WritingBox } from '../reply-box.ts'
import { startTopic } from '../start-topic.ts'
import { topicBoxOn } from './filling.ts'
import { carriedFrom } from './lost.ts'
import { answerForm, hasSignedOut, type Writing } from './send.ts'
import type { WritingDeps } from './slots.ts'

/** GET: the form of a new topic. */
export function newTopicPage(deps: WritingDeps): RequestHandler {
  return async (req, res) => {
    const forum = await findForum(deps.db, req.viewer, idOf(req))
    if (!wayToStart(req.viewer, forum)) throw req.viewer.member ? new Forbidden() : new SignInNeeded()
    await showTopicForm(req, res, forum, await topicBoxOn(deps, req, forum))
  }
}

/** POST: posts, or shows the form again with what is wrong with it, or what it would look like. */
export function sendTopic(deps: WritingDeps): RequestHandler {
  return async (req, res) => {
    const place = `forum:${idOf(req)}` as const
    if (hasSignedOut(req)) return deps.slots.askToSignIn(req, res, carriedFrom(req, place))
    await answerForm(deps, req, res, place, async () => {
      const forum = await findForum(deps.db, req.viewer, idOf(req))
      return starting(deps, req, res, forum)
    })
  }
}

async function starting(
  deps: WritingDeps,
  req: Request,
  res: Response,
  forum: ForumNode,
): Promise<Writing<TopicValues>> {
  const { title_max_length } = await settings(deps.db)
  const form = withPrefix(forum, readForm(topicForm(title_max_length), req.body))
  return {
    form,
    way: wayToStart(req.viewer, forum),
    refusal: way => refusalToStart(req.viewer, forum, way),
    show: async (shown, preview) => {
      await showTopicForm(req, res, forum, await topicBoxFor(deps.db, req.viewer, forum, shown), preview)
    },
    preview: async values => {
      const { html } = await composePost(deps.db, values, { viewer: req.viewer })
      return { title: values.title, html }
    },
    send: async (values, alongside) => {
      const post = await startTopic(deps.db, req.viewer, forum, values, alongside)
      const topic = await topicById(deps.db, post.topic_id)
      return topic ? topicPath(topic) : postPath(post)
    },
    guest: (way, { title, body, format, prefix }) => ({
      kind: 'topic',
      way,
      forum,
      topic: null,
      values: { title, body, format, prefix },
      typed: form.typed,
    }),
  }
}

/** What is wrong with the prefix that was chosen stands with what else is wrong. */
function withPrefix<V extends { prefix: number | null }>(forum: ForumNode, form: Form<V>): Form<V> {
  const chosen = form.errors ? (idFrom(form.typed.prefix) ?? null) : form.values.prefix
  const fault = prefixFault(forum, chosen)
  return fault ? withErrors(form, { ...form.errors, prefix: fault }) : form
}

async function showTopicForm(
  req: Request,
  res: Response,
  forum: ForumNode,
  box: WritingBox,
  preview: { html: string } | null = null,
): Promise<void> {
  await page(res, 'posts/new-topic', {
    meta: {
      title: req.t('posts.new_topic_in', { forum: forum.name }),
      noindex: true,
      noStore: box.kept != null,
      breadcrumb: [...forum.ancestors, forum].map(({ path, name }) => ({ href: path, text: name })),
    },
    forum,
    box,
    preview,
  })
}
