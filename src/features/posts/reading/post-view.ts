import { type Message, msg } from '../../../platform/errors.ts'
import type { T } from '../../../platform/locale/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { standings } from '../../groups/index.ts'
import { isDeletedName, mayModerate, postsShown, type Viewer } from '../../members/index.ts'
import {
  badgesOf,
  isRejected,
  type Label,
  type MenuItem,
  personOf,
  stateLabels,
  type Topic,
} from '../../topics/index.ts'
import { postPath } from '../places.ts'
import { canDeleteOwn, canEdit, canSeeVersions } from '../policy.ts'
import type { PostOnPage } from '../queries/topic-page.ts'
import type { TopicPage } from './topic-page.ts'

/** Who looks, and in which language. */
export interface Looking {
  readonly viewer: Viewer
  readonly t: T
  /** Whether what members let stand under their posts is shown. */
  readonly signatures: boolean
}

/** A post in the shape that the part `shared/post` shows. */
export function postView(page: TopicPage, post: PostOnPage, { viewer, t, signatures }: Looking) {
  const { topic } = page
  const author = personOf(post.member_id, post.member_name, post.guest_name)
  return {
    id: post.id,
    author: {
      ...author,
      ...standingBeside(viewer, post, t),
    },
    at: post.created_at,
    html: post.html,
    signatureHtml: (signatures && post.signature_html) || null,
    permalink: postPath(post),
    heading: headingOf(topic, post, author.name, t),
    states: statesOf(topic, post),
    labels: badgesOf(labelsOf(topic, post), t),
    note: notesOf(page, post, t).join(' ') || undefined,
    edited: editedOf(viewer, topic, post),
  }
}

/** What is said of the author below the name; of a deleted account nothing. */
function standingBeside(viewer: Viewer, post: PostOnPage, t: T) {
  if (isDeletedName(post.member_name)) return { group: '', postCount: undefined, joinedAt: null }
  const { group_name, member_joined } = post
  return { group: group_name ?? t('reading.guest'), postCount: postsBeside(viewer, post), joinedAt: member_joined }
}

function postsBeside(viewer: Viewer, post: PostOnPage): number | undefined {
  const { member_id: id, post_count, posts_for_members, posts_for_guests } = post
  if (post_count === null || posts_for_members === null || posts_for_guests === null) return undefined
  return postsShown(viewer, { id, post_count, posts_for_members, posts_for_guests })
}

function headingOf(topic: Topic, post: PostOnPage, name: string, t: T): string {
  if (post.id === topic.first_post_id) return t('reading.heading_opening', { name })
  if (post.position === null) return t('reading.heading_withdrawn', { name })
  return t('reading.heading_reply', { number: post.position - 1, name })
}

function statesOf(topic: Topic, post: PostOnPage): string[] {
  const states: string[] = []
  if (post.id === topic.first_post_id) states.push('opening')
  if (post.recommended_at !== null) states.push('recommended')
  if (post.pending_at !== null) states.push('pending')
  if (post.hidden_at !== null) states.push('hidden')
  if (post.deleted_at !== null) states.push('deleted')
  return states
}

function labelsOf(topic: Topic, post: PostOnPage): Label[] {
  const labels: Label[] = []
  if (post.member_id !== null && post.member_id === topic.member_id)
    labels.push({ text: msg('reading.label_author'), symbol: 'square-pen', kind: 'accent' })
  if (post.recommended_at !== null)
    labels.push({ text: msg('reading.label_recommended'), symbol: 'star', kind: 'fresh' })
  // The reason has more room in the note.
  const hasReason = post.pending_reason !== null && !isRejected(post)
  return [...labels, ...stateLabels(hasReason ? { ...post, pending_reason: null } : post)]
}

function notesOf({ proposed }: TopicPage, post: PostOnPage, t: T): string[] {
  const notes: Message[] = []
  const proposal = proposed.get(post.id)
  const { pending_reason: reason, recommended_note: note } = post
  if (post.erased_at !== null) notes.push(msg('reading.note_erased'))
  if (post.pending_at !== null)
    notes.push(
      msg(isRejected(post) ? 'reading.note_rejected' : 'reading.note_pending', { reason: reason ? t(reason) : '' }),
    )
  if (proposal) notes.push(msg('reading.note_proposed', { reason: t(proposal) }))
  if (post.recommended_at !== null && note)
    notes.push(msg('reading.note_recommended', { name: post.recommender_name ?? '', note }))
  return notes.map(({ key, args }) => t(key, args))
}

function editedOf(viewer: Viewer, topic: Topic, post: PostOnPage) {
  if (post.edited_at === null) return undefined
  const historyPath = canSeeVersions(viewer, topic, post) ? `${postPath(post)}/versions` : undefined
  return { by: post.editor_name ?? '', at: post.edited_at, reason: post.edit_reason, historyPath }
}

/** What each post's author, or whoever may edit here, can do with it, by the posts' ids. Guests can do nothing. */
export async function ownMenus(db: Db, viewer: Viewer, { topic, posts }: TopicPage): Promise<Map<number, MenuItem[]>> {
  if (!viewer.member) return new Map()
  const standingOf = await standings(db)
  const now = Date.now()
  return new Map(
    posts.map(post => {
      const { member_id: id, member_group_id: group_id } = post
      const standing = id === null || group_id === null ? 0 : standingOf({ id, group_id })
      return [post.id, [...editItems(viewer, topic, post, standing, now), ...deleteItems(viewer, topic, post)]]
    }),
  )
}

function editItems(viewer: Viewer, topic: Topic, post: PostOnPage, authorStanding: number, now: number): MenuItem[] {
  if (!canEdit(viewer, topic, post, authorStanding, now)) return []
  return [{ text: msg('reading.edit'), symbol: 'pencil', href: `${postPath(post)}/edit` }]
}

function deleteItems(viewer: Viewer, topic: Topic, post: PostOnPage): MenuItem[] {
  const isGone = post.deleted_at !== null || topic.deleted_at !== null
  // Whoever may delete as a moderator has that in their menu already.
  if (!canDeleteOwn(viewer, topic, post) || isGone || mayModerate(viewer, topic.forum_id, 'delete')) return []
  return [{ text: msg('reading.delete_own'), symbol: 'trash-2', href: `${postPath(post)}/delete`, danger: true }]
}
