import type { Db, Tx } from '../../../platform/store/index.ts'
import { isPublic } from '../../topics/index.ts'
import {
  type CountedTopic,
  countedTopics,
  type PlacedPost,
  placedPosts,
  setPlace,
  setTopicCounts,
} from '../queries/recount.ts'
import { lockTopic } from '../queries/states.ts'
import { confirm } from './confirm.ts'
import { differences, type Off } from './off.ts'

/** Positions and places of these topics' posts, and what the topics count of them. */
export async function recountTopics(db: Db, ids: readonly number[], repair: boolean): Promise<Off[]> {
  const [topics, posts] = [await countedTopics(db, ids), await placedPosts(db, ids)]
  const byTopic = Map.groupBy(posts, post => post.topic_id)
  const suspects = topics.filter(topic => offIn(topic, byTopic.get(topic.id) ?? []).length > 0)
  return confirm(
    db,
    suspects.map(({ id }) => id),
    repair,
    (tx, id) => recountTopic(tx, id, repair),
  )
}

async function recountTopic(tx: Tx, id: number, repair: boolean): Promise<Off[]> {
  const topic = await lockTopic(tx, id)
  if (!topic) return []
  const { post_count, first_post_id, last_post_id, last_post_at } = topic
  const counted = { id, post_count, first_post_id, last_post_id, last_post_at }
  const posts = await placedPosts(tx, [id])
  if (repair) await putRight(tx, counted, posts)
  return offIn(counted, posts)
}

async function putRight(tx: Tx, topic: CountedTopic, posts: readonly PlacedPost[]): Promise<void> {
  const places = rightPlaces(topic, posts)
  for (const { post, position, place } of places) {
    if (post.position !== position || post.place !== place) await setPlace(tx, post.id, { position, place })
  }
  await setTopicCounts(tx, rightCounts(topic, places))
}

function offIn(topic: CountedTopic, posts: readonly PlacedPost[]): Off[] {
  const places = rightPlaces(topic, posts)
  return [
    ...differences('topics', topic, rightCounts(topic, places)),
    ...places.flatMap(({ post, position, place }) =>
      differences(
        'posts',
        { id: post.id, position: post.position, place: post.place },
        { id: post.id, position, place },
      ),
    ),
  ]
}

interface RightPlace {
  readonly post: PlacedPost
  readonly position: number | null
  readonly place: number
}

/** The posts in their order, counted from one: those that are not public stand at the public one before them. */
function rightPlaces(topic: CountedTopic, posts: readonly PlacedPost[]): RightPlace[] {
  let place = 0
  return inOrder(topic, posts).map(post => {
    if (isPublic(post)) place++
    return { post, position: isPublic(post) ? place : null, place }
  })
}

function inOrder(topic: CountedTopic, posts: readonly PlacedPost[]): PlacedPost[] {
  const isLater = (post: PlacedPost) => Number(post.id !== topic.first_post_id)
  return [...posts].sort(
    (a, b) =>
      isLater(a) - isLater(b) ||
      a.place - b.place ||
      Number(isPublic(b)) - Number(isPublic(a)) ||
      a.created_at - b.created_at ||
      a.id - b.id,
  )
}

function rightCounts(topic: CountedTopic, places: readonly RightPlace[]): CountedTopic {
  const shown = places.filter(({ position }) => position !== null)
  const last = shown.at(-1)?.post
  return {
    id: topic.id,
    post_count: shown.length,
    first_post_id: places[0]?.post.id ?? null,
    last_post_id: last?.id ?? topic.last_post_id,
    last_post_at: last?.created_at ?? topic.last_post_at,
  }
}
