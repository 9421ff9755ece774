import type { Request } from 'express'
import { idFrom } from '../../../platform/http/index.ts'
import type { ForumNode } from '../../forums/index.ts'
import type { Topic } from '../../topics/index.ts'
import type { Place } from '../places.ts'
import { quotesFor } from '../quote.ts'
import { type BoxForm, emptyBox, replyBoxFor, topicBoxFor, type WritingBox } from '../reply-box.ts'
import type { Carried, WritingDeps } from './slots.ts'

/** The box for the topic's page: with what was carried here, a draft that goes on (`?draft=`) or quotes (`?quote=`). */
export async function replyBoxOn(deps: WritingDeps, req: Request, forum: ForumNode, topic: Topic): Promise<WritingBox> {
  const form = await fillIn(deps, req, `topic:${topic.id}`)
  return withKept(deps, req, await replyBoxFor(deps.db, req.viewer, forum, topic, form))
}

/** The form of a new topic, filled in the same way. */
export async function topicBoxOn(deps: WritingDeps, req: Request, forum: ForumNode): Promise<WritingBox> {
  const form = await fillIn(deps, req, `forum:${forum.id}`)
  return withKept(deps, req, await topicBoxFor(deps.db, req.viewer, forum, form))
}

async function withKept({ slots }: WritingDeps, { viewer }: Request, box: WritingBox): Promise<WritingBox> {
  return box.way && viewer.member ? { ...box, kept: await slots.keptText(viewer, box.place) } : box
}

async function fillIn({ db, slots }: WritingDeps, req: Request, place: Place): Promise<BoxForm> {
  const carried = await slots.carriedText(req, place)
  if (carried) return filled(carried)
  const draft = await askedDraft(slots, req, place)
  if (draft) return filled(draft, { draft: String(draft.id) })
  const quotes = await quotesFor(db, req.viewer, [req.query.quote].flat().join(','))
  return quotes ? filled({ title: null, prefix: null, body: quotes, format: 'markdown' }) : emptyBox
}

/** The own draft that `?draft=` names. */
export async function askedDraft(slots: WritingDeps['slots'], req: Request, place: Place) {
  const id = idFrom(req.query.draft)
  return id === null || !req.viewer.member ? null : slots.draftText(req.viewer, id, place)
}

function filled({ title, prefix, body, format }: Omit<Carried, 'place'>, more: Record<string, string> = {}): BoxForm {
  const heading = { ...(title !== null && { title }), ...(prefix !== null && { prefix: String(prefix) }) }
  return { typed: { ...heading, body, format, ...more }, errors: null }
}
