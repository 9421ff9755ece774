import { excerpt } from '../../content/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { findForum, wayToStart } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { findPost, openEdit, placePath, type Place as Where, wayToReplyTo } from '../posts/index.ts'
import { findTopic, topicPath } from '../topics/index.ts'
import { type Draft, draftsOf } from './queries.ts'

/** A draft on the list. */
export interface ListedDraft {
  readonly id: number
  /** Where it was meant for, if this viewer can still see that. */
  readonly place: { readonly kind: 'topic' | 'forum' | 'post'; readonly name: string; readonly path: string } | null
  /** The page on which it can go on; null: its place takes nothing (any more) from this viewer. */
  readonly continuePath: string | null
  readonly title: string | null
  readonly excerpt: string
  readonly body: string
  readonly reason: string | null
  /** It is saved as its writer types; else it could not be posted. */
  readonly isTyped: boolean
  readonly at: number
}

/** Everything a member has typed and not posted, newest first, each with the way to go on with it. */
export async function listDrafts(db: Db, viewer: Viewer): Promise<ListedDraft[]> {
  const drafts = viewer.member ? await draftsOf(db, viewer.member.id) : []
  const listed: ListedDraft[] = []
  for (const draft of drafts) listed.push(await listDraft(db, viewer, draft))
  return listed
}

async function listDraft(db: Db, viewer: Viewer, draft: Draft): Promise<ListedDraft> {
  const { place, isOpen } = await placeOf(db, viewer, draft)
  return {
    id: draft.id,
    place,
    continuePath: place && isOpen ? continuePath(place, draft) : null,
    title: draft.title,
    excerpt: excerpt(draft.body, 200),
    body: draft.body,
    reason: draft.reason,
    isTyped: draft.place !== null,
    at: draft.created_at,
  }
}

type Place = NonNullable<ListedDraft['place']>

async function placeOf(db: Db, viewer: Viewer, draft: Draft): Promise<{ place: Place | null; isOpen: boolean }> {
  try {
    if (draft.place?.startsWith('post:')) return await postOf(db, viewer, Number(draft.place.split(':')[1]))
    return draft.topic_id === null ? await forumOf(db, viewer, draft) : await topicOf(db, viewer, draft.topic_id)
  } catch (error) {
    if (error instanceof Refusal) return { place: null, isOpen: false }
    throw error
  }
}

async function topicOf(db: Db, viewer: Viewer, id: number) {
  const topic = await findTopic(db, viewer, id)
  const forum = await findForum(db, viewer, topic.forum_id)
  const place = { kind: 'topic' as const, name: topic.title, path: topicPath(topic) }
  return { place, isOpen: wayToReplyTo(viewer, forum, topic) === 'member' }
}

async function forumOf(db: Db, viewer: Viewer, draft: Draft) {
  const forum = await findForum(db, viewer, draft.forum_id ?? 0)
  const place = { kind: 'forum' as const, name: forum.name, path: forum.path }
  return { place, isOpen: wayToStart(viewer, forum) === 'member' }
}

async function postOf(db: Db, viewer: Viewer, id: number) {
  const { topic, post } = await findPost(db, viewer, id)
  const place = { kind: 'post' as const, name: topic.title, path: `/post/${post.id}` }
  return { place, isOpen: await mayEdit(db, viewer, id) }
}

async function mayEdit(db: Db, viewer: Viewer, postId: number): Promise<boolean> {
  try {
    await openEdit(db, viewer, postId)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function continuePath({ kind, path }: Place, { id, place }: Draft): string {
  if (kind === 'post') return `${placePath(place as Where)}?draft=${id}`
  return kind === 'topic' ? `${path}?draft=${id}#reply` : `${path}new-topic?draft=${id}`
}
