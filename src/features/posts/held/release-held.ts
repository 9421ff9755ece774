import { Conflict } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { type ForumNode, forumTree } from '../../forums/index.ts'
import { loadViewer, type Viewer } from '../../members/index.ts'
import { heldByRule, isHeldByRule, remindOfMatches } from '../../rules/index.ts'
import { type Settings, settings } from '../../settings/index.ts'
import type { Topic } from '../../topics/index.ts'
import { heldReasons, isHeldReason, reasonToWait } from '../approval.ts'
import { changePostState, changeTopicState } from '../change-state.ts'
import { approveProposedEdit } from '../edits/propose-edit.ts'
import { gainsLink, type LinkedText } from '../links.ts'
import { proposedEditOf } from '../queries/edits.ts'
import { type HeldItem, heldAuthors, heldItems, setEditReason } from '../queries/held.ts'
import { type Post, postById } from '../queries/posts.ts'
import { lockTopic, updatePost, updateTopic } from '../queries/states.ts'

const reasons = Object.values(heldReasons)
const authorsAtATime = 500

/**
 * To be called when an account has come into order, after the transaction that says so. What of this member's waited
 * with it appears, keeping the time at which it was written; or it waits on for a moderator, as it would if it were
 * written now. Twice is no mistake.
 */
export async function releaseHeld(db: Db, memberId: number): Promise<void> {
  for (const item of await heldItems(db, memberId, reasons)) {
    await inTransaction(db, tx => releaseOne(tx, memberId, item))
  }
}

/**
 * The same for everybody whose posts wait for what is not asked of them any more: the rules have changed, or a process
 * ended between the two steps.
 */
export async function releaseForgotten(db: Db): Promise<void> {
  for (let after = 0; ; ) {
    const authors = await heldAuthors(db, reasons, { after, limit: authorsAtATime })
    for (const { memberId, reason } of authors) {
      const { member } = await loadViewer(db, memberId, '')
      if (member && reason !== (member.held && heldReasons[member.held])) await releaseHeld(db, memberId)
    }
    const last = authors.at(-1)
    if (!last || authors.length < authorsAtATime) return
    after = last.memberId
  }
}

async function releaseOne(tx: Tx, memberId: number, { kind, id, topicId }: HeldItem): Promise<void> {
  const topic = await lockTopic(tx, topicId)
  if (!topic) return
  const viewer = await loadViewer(tx, memberId, '')
  const forum = (await forumTree(tx)).byId.get(topic.forum_id)
  const judge = { viewer, topic, rules: await settings(tx), approval: forum?.approval ?? null }
  if (kind === 'topic') await releaseTopic(tx, judge)
  else if (kind === 'post') await releasePost(tx, judge, id)
  else await releaseEdit(tx, judge, id)
}

interface Judge {
  readonly viewer: Viewer
  readonly topic: Topic
  readonly rules: Settings
  readonly approval: ForumNode['approval']
}

const nothing: LinkedText = { title: null, html: '' }
const isPublicNow = { pending_at: null, pending_reason: null }

function reasonNow(
  { viewer, topic, rules, approval }: Judge,
  title: string | null,
  { html, suspect }: Post,
): string | null {
  const forumHolds = title === null ? approval === 'all' : approval !== null
  const hasLink = gainsLink(nothing, { title, html }, rules.base_url || undefined)
  return reasonToWait(viewer, topic.forum_id, { hasLink, suspect, forumHolds }, rules)
}

async function releaseTopic(tx: Tx, judge: Judge): Promise<void> {
  const { topic } = judge
  const post = await postById(tx, topic.first_post_id ?? 0)
  if (!post || !waitsHeld(topic)) return
  const reason = reasonNow(judge, topic.title, post)
  if (reason !== null) return void (await updateTopic(tx, topic.id, { pending_reason: reason }))
  await changeTopicState(tx, topic.id, isPublicNow)
  await remindOfMatches(tx, post.id)
}

async function releasePost(tx: Tx, judge: Judge, id: number): Promise<void> {
  const post = await postById(tx, id)
  if (post?.topic_id !== judge.topic.id || !waitsHeld(post)) return
  const reason = reasonNow(judge, null, post)
  if (reason !== null) return void (await updatePost(tx, id, { pending_reason: reason }))
  await changePostState(tx, judge.topic.id, id, isPublicNow)
  await remindOfMatches(tx, id)
}

/** An edit only ever waits when it adds a link, or a rule holds it back. */
async function releaseEdit(tx: Tx, { viewer, topic, rules }: Judge, postId: number): Promise<void> {
  const edit = await proposedEditOf(tx, postId)
  if (!edit || edit.rejected_at !== null || !isHeldReason(edit.pending_reason)) return
  const others = (viewer.member?.postCount ?? 0) - 1
  const suspect = (await isHeldByRule(tx, postId, edit.proposed_at)) ? heldByRule : null
  const reason = reasonToWait(viewer, topic.forum_id, { hasLink: true, suspect }, rules, others)
  if (reason === null && (await approveUnlessOutdated(tx, postId))) return
  await setEditReason(tx, postId, reason ?? 'posts.waits_first_link')
}

/** False when the post was changed since the edit was proposed: then somebody has to look at both. */
async function approveUnlessOutdated(tx: Tx, postId: number): Promise<boolean> {
  try {
    await approveProposedEdit(tx, postId, null)
    return true
  } catch (refused) {
    if (refused instanceof Conflict) return false
    throw refused
  }
}

function waitsHeld(item: Pick<Post, 'pending_at' | 'pending_reason'>): boolean {
  return item.pending_at !== null && isHeldReason(item.pending_reason)
}
