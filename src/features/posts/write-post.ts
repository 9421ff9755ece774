import type { Composed } from '../../content/index.ts'
import type { Tx } from '../../platform/store/index.ts'
import { forumTree, lockForum } from '../forums/index.ts'
import { heldNow, type Viewer } from '../members/index.ts'
import { type Rule, reasonOfRules, recordMatches } from '../rules/index.ts'
import type { Settings } from '../settings/index.ts'
import { appendPost } from './append-post.ts'
import { reasonToWait } from './approval.ts'
import { holdList } from './hold-list.ts'
import { hasLinkIn } from './links.ts'
import { openTopic } from './open-topic.ts'
import type { Post } from './queries/posts.ts'
import { lockTopic } from './queries/states.ts'
import { refusalToReply, refusalToStart, refuseLinks } from './refusals.ts'

/** Who writes: a member, or a guest under a name. */
export interface Writer {
  readonly viewer: Viewer
  readonly guestName: string | null
  /** Why a program may have sent it: a phrase key. Then it waits for approval. */
  readonly suspect?: string | null
  /** The forum's rules that speak of what they write. */
  readonly rules?: readonly Rule[]
}

/**
 * Writes a reply, asking again on the locked topic whether it may be: meanwhile it may have been locked, moved or
 * deleted. Throws the refusal that says which.
 */
export async function writeReply(
  tx: Tx,
  writer: Writer,
  topicId: number,
  composed: Composed,
  rules: Settings,
): Promise<Post> {
  const topic = await lockTopic(tx, topicId)
  const forum = topic && (await forumTree(tx)).byId.get(topic.forum_id)
  const refusal = refusalToReply(writer.viewer, forum, topic, wayOf(writer))
  if (refusal || !topic) throw refusal
  refuseLinks(writer.viewer, composed.hasLink)
  const judged = { hasLink: composed.hasLink, suspect: suspectIn(writer), forumHolds: forum?.approval === 'all' }
  const pendingReason = reasonToWait(await asHeldNow(tx, writer.viewer), topic.forum_id, judged, rules)
  return noting(tx, writer, await appendPost(tx, { ...postBy(writer, composed), topicId, pendingReason }))
}

/** Writes a topic with its opening post; while it waits for approval, the whole topic does. Throws as `writeReply`. */
export async function writeTopic(
  tx: Tx,
  writer: Writer,
  forumId: number,
  text: { readonly title: string; readonly prefix?: number | null; readonly composed: Composed },
  rules: Settings,
): Promise<Post> {
  await holdList(tx, forumId)
  const forum = (await lockForum(tx, forumId)) ? (await forumTree(tx)).byId.get(forumId) : undefined
  const refusal = refusalToStart(writer.viewer, forum, wayOf(writer))
  if (refusal) throw refusal
  const hasLink = text.composed.hasLink || hasLinkIn(text.title, rules.base_url || undefined)
  refuseLinks(writer.viewer, hasLink)
  const judged = { hasLink, suspect: suspectIn(writer), forumHolds: forum?.approval != null }
  const pendingReason = reasonToWait(await asHeldNow(tx, writer.viewer), forumId, judged, rules)
  const prefixId = forum?.prefixes.find(({ id }) => id === text.prefix)?.id ?? null
  const post = { ...postBy(writer, text.composed), forumId, title: text.title, prefixId, pendingReason }
  return noting(tx, writer, await openTopic(tx, post))
}

/** Why it does not appear by itself, whatever their account may do. */
function suspectIn({ suspect, rules = [] }: Writer): string | null {
  return suspect ?? reasonOfRules(rules)
}

async function noting(tx: Tx, { rules = [] }: Writer, post: Post): Promise<Post> {
  await recordMatches(tx, post.id, rules, { edit: false, held: true })
  return post
}

/**
 * Their account may have come into order since they sent this: then what waited with it has been released already. Throws
 * SignInNeeded when it is somebody else's by now.
 */
async function asHeldNow(tx: Tx, viewer: Viewer): Promise<Viewer> {
  const { member } = viewer
  return member?.held ? { ...viewer, member: { ...member, held: await heldNow(tx, member) } } : viewer
}

function wayOf({ viewer }: Writer): 'member' | 'named' {
  return viewer.member ? 'member' : 'named'
}

function postBy(writer: Writer, composed: Composed) {
  const { viewer, guestName } = writer
  return {
    memberId: viewer.member?.id ?? null,
    guestName: viewer.member ? null : guestName,
    html: composed.html,
    text: composed.text,
    contentVersion: composed.version,
    quotes: composed.quotes,
    attachments: composed.attachments,
    createdAt: Date.now(),
    address: viewer.address,
    suspect: suspectIn(writer),
  }
}
