import { type Db, inTransaction, withoutSync } from '../../platform/store/index.ts'
import type { ForumNode } from '../forums/index.ts'
import type { Viewer, ViewerMember } from '../members/index.ts'
import { readableBelow } from './forum-rows.ts'
import { topicMark, writeForumMarks, writeReadAll, writeTopicMark } from './queries/reads.ts'
import type { Topic } from './queries/topics.ts'

/** Up to when (epoch ms) this member has read the topic, by any of their marks. */
export async function topicReadUpTo(db: Db, member: ViewerMember, topic: Topic): Promise<number> {
  return Math.max(member.readAllAt, await topicMark(db, member.id, topic))
}

/**
 * Counts the topic's posts up to then as read; nothing is written when `known`, an earlier `topicReadUpTo`, says so already.
 * What a power cut takes back is new to them once more.
 */
export async function markTopicRead(db: Db, member: ViewerMember, topic: Topic, upTo: number, known: number) {
  if (upTo > known) await withoutSync(db, tx => writeTopicMark(tx, member.id, topic.id, upTo))
}

/** Counts everything in this forum, and below it as far as the member may read, up to then as read. */
export async function markForumRead(db: Db, viewer: Viewer, forum: ForumNode, upTo: number): Promise<void> {
  const { member } = viewer
  if (!member) return
  const ids = [forum.id, ...readableBelow(viewer, forum.children)]
  await inTransaction(db, tx => writeForumMarks(tx, member.id, ids, upTo))
}

/** Counts everything up to then as read. */
export async function markAllRead(db: Db, member: ViewerMember, upTo: number): Promise<void> {
  await inTransaction(db, tx => writeReadAll(tx, member.id, upTo))
}
