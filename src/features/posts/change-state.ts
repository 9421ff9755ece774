import { NotFound } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { addToForum, refreshLastPost } from '../forums/index.ts'
import { addToPostCount } from '../members/index.ts'
import { isPublic, type Topic } from '../topics/index.ts'
import { recordPublished } from './events.ts'
import { holdList } from './hold-list.ts'
import { refreshCountsSoon } from './lagging-counts.ts'
import {
  countForAuthors,
  countPosts,
  givePosition,
  haveOtherReaders,
  refreshTopicEnd,
  takePosition,
} from './queries/positions.ts'
import { type Post, postById } from './queries/posts.ts'
import {
  lockTopic,
  type PostStates,
  retargetClaims,
  type TopicStates,
  updatePost,
  updateTopic,
} from './queries/states.ts'

/**
 * Hides, deletes, approves a reply or takes that back: sets these times and keeps positions and counters right. The
 * opening post has no state of its own; its topic has. Throws NotFound when the post is gone.
 */
export async function changePostState(tx: Tx, topicId: number, postId: number, states: PostStates): Promise<Post> {
  const topic = await lockTopic(tx, topicId)
  const before = await postById(tx, postId)
  if (!topic || before?.topic_id !== topicId) throw new NotFound()
  if (topic.first_post_id === postId) throw new Error('An opening post has no state of its own: change its topic')
  const after = await updatePost(tx, postId, states)
  const change = Number(isPublic(after)) - Number(isPublic(before))
  if (change === 0) return after
  await countPosts(tx, topicId, change as 1 | -1)
  await (change > 0 ? givePosition(tx, before) : takePosition(tx, before))
  await refreshTopicEnd(tx, topicId)
  if (isPublic(topic)) await countChange(tx, topic, before.member_id, change)
  if (isPublic(topic) && before.pending_at !== null && change > 0) await recordPublished(tx, postId)
  return (await postById(tx, postId)) as Post
}

async function countChange(tx: Tx, topic: Topic, memberId: number | null, change: number): Promise<void> {
  await addToForum(tx, topic.forum_id, { topics: 0, posts: change })
  await refreshLastPost(tx, topic.forum_id)
  if (memberId !== null) await addToPostCount(tx, memberId, change, topic.forum_id)
  await refreshCountsSoon(tx)
}

/** Hides, deletes, approves a topic or takes that back, with all its posts. Throws NotFound when it is gone. */
export async function changeTopicState(tx: Tx, topicId: number, states: TopicStates): Promise<Topic> {
  const before = await lockTopic(tx, topicId)
  if (!before) throw new NotFound()
  const after = (await updateTopic(tx, topicId, states)) as Topic
  const change = Number(isPublic(after)) - Number(isPublic(before))
  if (change !== 0) await countTopic(tx, after, after.forum_id, change as 1 | -1)
  const { first_post_id } = after
  if (change > 0 && before.pending_at !== null && first_post_id !== null) await recordPublished(tx, first_post_id)
  return after
}

async function countTopic(tx: Tx, topic: Topic, forumId: number, sign: 1 | -1): Promise<void> {
  await addToForum(tx, forumId, { topics: sign, posts: sign * topic.post_count })
  await refreshLastPost(tx, forumId)
  await countForAuthors(tx, topic, sign)
  await refreshCountsSoon(tx)
}

/** Puts the topic into another forum. Throws NotFound when it is gone. */
export async function changeTopicForum(tx: Tx, topicId: number, forumId: number): Promise<Topic> {
  await holdList(tx, forumId)
  const before = await lockTopic(tx, topicId)
  if (!before) throw new NotFound()
  if (before.forum_id === forumId) return before
  const after = (await updateTopic(tx, topicId, { forum_id: forumId })) as Topic
  await retargetClaims(tx, topicId, forumId)
  const counted = { topics: Number(isPublic(after)), posts: isPublic(after) ? after.post_count : 0 }
  const changes = [
    { id: before.forum_id, topics: -counted.topics, posts: -counted.posts },
    { id: forumId, ...counted },
  ]
  // Always in the same order, so that two who move in opposite directions do not wait for each other.
  for (const { id, ...add } of changes.sort((a, b) => a.id - b.id)) {
    await addToForum(tx, id, add)
    await refreshLastPost(tx, id)
  }
  if (isPublic(after) && (await haveOtherReaders(tx, before.forum_id, forumId))) {
    await countForAuthors(tx, before, -1)
    await countForAuthors(tx, after, 1)
    await refreshCountsSoon(tx)
  }
  return after
}
