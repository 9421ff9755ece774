import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { pathOfPage, type Topic, topicPath, topicReadUpTo } from '../../topics/index.ts'
import { findPost } from '../find-post.ts'
import { lastPositionUpTo, postAt } from '../queries/permalinks.ts'
import { postById } from '../queries/posts.ts'
import { pageOfPlace } from './paging.ts'

/** Where a post stands at this moment: its topic's page and the post on it. Throws as `findPost` does. */
export async function addressOfPost(db: Db, viewer: Viewer, id: number): Promise<string> {
  const standing = (await postById(db, id))?.merged_into_id
  if (standing != null) return addressOfPost(db, viewer, standing)
  const { topic, post } = await findPost(db, viewer, id)
  return addressIn(db, topic, post)
}

/** Where a member goes on reading: the first post they have not read, else the last one. Guests get the last one. */
export async function addressOfNews(db: Db, viewer: Viewer, topic: Topic): Promise<string> {
  const read = viewer.member ? await lastReadPosition(db, viewer.member, topic) : topic.post_count
  return addressOfPosition(db, topic, Math.min(read + 1, topic.post_count))
}

/** Where the last public post of a topic stands. */
export async function addressOfLast(db: Db, topic: Topic): Promise<string> {
  return addressOfPosition(db, topic, topic.post_count)
}

async function lastReadPosition(db: Db, member: NonNullable<Viewer['member']>, topic: Topic): Promise<number> {
  const mark = await topicReadUpTo(db, member, topic)
  if (mark >= topic.last_post_at) return topic.post_count
  return mark < topic.created_at ? 0 : lastPositionUpTo(db, topic.id, mark)
}

async function addressOfPosition(db: Db, topic: Topic, position: number): Promise<string> {
  const post = await postAt(db, topic.id, position)
  return post ? addressIn(db, topic, post) : topicPath(topic)
}

async function addressIn(db: Db, topic: Topic, post: { readonly id: number; readonly place: number }): Promise<string> {
  const { posts_per_page } = await settings(db)
  return `${pathOfPage(topicPath(topic), pageOfPlace(post.place, posts_per_page))}#post-${post.id}`
}
