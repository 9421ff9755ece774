import { NotFound } from '../../platform/errors.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { findPost, lockTopic, type Post, postById } from '../posts/index.ts'
import { findTopic, type Topic } from '../topics/index.ts'
import type { Act, Author, Ref, Target } from './act.ts'
import { aimOf } from './aim.ts'
import { proposedEditOf, standingsOf } from './queries/targets.ts'

/**
 * What an act is done to, if this viewer may see it. The opening post has no state of its own: acts that know topics go
 * to its topic. Throws NotFound or Gone.
 */
export async function findTarget(db: Db, viewer: Viewer, ref: Ref, act?: Pick<Act, 'targets'>): Promise<Target> {
  if (ref.kind === 'topic') return topicTarget(db, await findTopic(db, viewer, ref.id))
  const { topic, post } = await findPost(db, viewer, ref.id)
  if (ref.kind === 'edit') return editTarget(db, topic, post)
  const target = await postTarget(db, topic, post)
  return act ? aimOf(act, target) : target
}

/** The same in a transaction, with everybody else who changes the topic waiting. */
export async function lockTarget(tx: Tx, viewer: Viewer, ref: Ref): Promise<Target> {
  const topicId = ref.kind === 'topic' ? ref.id : (await postById(tx, ref.id))?.topic_id
  if (topicId === undefined || !(await lockTopic(tx, topicId))) throw new NotFound()
  return findTarget(tx, viewer, ref)
}

async function topicTarget(db: Db, topic: Topic): Promise<Target> {
  return { kind: 'topic', id: topic.id, item: topic, topic, author: await authorOf(db, topic.member_id) }
}

async function postTarget(db: Db, topic: Topic, post: Post): Promise<Target> {
  return { kind: 'post', id: post.id, item: post, topic, author: await authorOf(db, post.member_id) }
}

async function editTarget(db: Db, topic: Topic, post: Post): Promise<Target> {
  const edit = await proposedEditOf(db, post.id)
  if (!edit) throw new NotFound()
  return { kind: 'edit', id: post.id, item: edit, topic, author: await authorOf(db, edit.member_id) }
}

/** Whose something is, with the standing that they have now. */
export async function authorOf(db: Db, memberId: number | null): Promise<Author> {
  if (memberId === null) return { id: null, standing: 0 }
  return { id: memberId, standing: (await standingsOf(db, [memberId])).get(memberId) ?? 0 }
}
