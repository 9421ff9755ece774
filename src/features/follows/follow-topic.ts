import { NotFound, SignInNeeded } from '../../platform/errors.ts'
import { hashSecret, isSecret } from '../../platform/secret.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { findTopic, type Topic } from '../topics/index.ts'
import { deleteFollow, followOf, followOfSecret, forgetMailed, insertFollow } from './queries.ts'

/** From now on replies are mailed to this member, one until each visit. Again changes nothing. Throws NotFound. */
export async function followTopic(db: Db, viewer: Viewer, topicId: number): Promise<Topic> {
  if (!viewer.member) throw new SignInNeeded()
  const topic = await findTopic(db, viewer, topicId)
  await insertFollow(db, viewer.member.id, topic.id, Date.now())
  return topic
}

/** No more mail about this topic, whether the member can still see it or not. */
export async function unfollowTopic(db: Db, viewer: Viewer, topicId: number): Promise<void> {
  if (!viewer.member) throw new SignInNeeded()
  await deleteFollow(db, viewer.member.id, topicId)
}

/** Does this member follow the topic? Asking is a visit: from now on the next reply is mailed again. */
export async function visitFollowed(db: Db, viewer: Viewer, topicId: number): Promise<boolean> {
  if (!viewer.member || viewer.onlooker !== undefined) return false
  const follow = await followOf(db, viewer.member.id, topicId)
  if (follow && follow.mailed_at !== null) await forgetMailed(db, viewer.member.id, topicId)
  return follow !== undefined
}

/** Throws NotFound unless a mail brought this secret. */
export async function demandFollowSecret(db: Db, secret: unknown): Promise<{ memberId: number; topicId: number }> {
  const found = isSecret(secret) ? await followOfSecret(db, hashSecret(secret), Date.now()) : undefined
  if (!found) throw new NotFound()
  return found
}

/** The click in a mail: whoever has it got it with the mail. */
export async function stopBySecret(db: Db, secret: unknown): Promise<void> {
  const { memberId, topicId } = await demandFollowSecret(db, secret)
  await deleteFollow(db, memberId, topicId)
}
