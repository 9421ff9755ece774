import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'

interface State {
  hidden_at: number | null
  deleted_at: number | null
  pending_at: number | null
}

const isPublic = (item: State) => item.hidden_at === null && item.deleted_at === null && item.pending_at === null

/** Every post of a topic in the order in which staff see them. */
export async function orderOfTopic(db: Db, topicId: number): Promise<number[]> {
  const posts = await postsOf(db, topicId)
  return posts.map(post => post.id)
}

async function postsOf(db: Db, topicId: number) {
  const posts = await db.selectFrom('posts').selectAll().where('topic_id', '=', topicId).execute()
  return posts.sort(
    (a, b) =>
      a.place - b.place ||
      Number(a.position === null) - Number(b.position === null) ||
      a.created_at - b.created_at ||
      a.id - b.id,
  )
}

/** Counts everything by hand and compares it with every counter and position that is kept. */
export async function assertSound(db: Db): Promise<void> {
  const lost = db.selectFrom('posts').innerJoin('topics', 'topics.id', 'posts.topic_id').select('posts.id')
  assert.deepEqual(await lost.where('topics.merged_into_id', 'is not', null).execute(), [], 'merged topics are empty')
  const topics = await db.selectFrom('topics').selectAll().where('merged_into_id', 'is', null).execute()
  const posts = await Promise.all(topics.map(topic => postsOf(db, topic.id)))
  const counted = topics.map((topic, index) => ({ topic, posts: posts[index] ?? [] }))
  for (const { topic, posts } of counted) {
    const shown = posts.filter(isPublic)
    assert.deepEqual(
      shown.map(post => post.position),
      shown.map((_, index) => index + 1),
      `positions of topic ${topic.id}`,
    )
    let place = 0
    for (const post of posts) {
      if (isPublic(post)) place++
      else assert.equal(post.position, null)
      assert.equal(post.place, place, `place of post ${post.id}`)
    }
    assert.equal(topic.post_count, shown.length)
    assert.equal(topic.first_post_id, posts[0]?.id)
    assert.equal(topic.last_post_id, shown.at(-1)?.id)
    assert.equal(topic.last_post_at, shown.at(-1)?.created_at)
  }
  const open = counted.filter(({ topic }) => isPublic(topic))
  for (const forum of await db.selectFrom('forums').selectAll().execute()) {
    const own = open.filter(({ topic }) => topic.forum_id === forum.id)
    assert.equal(forum.topic_count, own.length, `topics of forum ${forum.id}`)
    assert.equal(
      forum.post_count,
      own.reduce((sum, { topic }) => sum + topic.post_count, 0),
      `posts of forum ${forum.id}`,
    )
    const newest = own.sort((a, b) => b.topic.last_post_at - a.topic.last_post_at || b.topic.id - a.topic.id)[0]
    assert.equal(forum.last_post_id, newest?.topic.last_post_id ?? null, `last post of forum ${forum.id}`)
  }
  const forums = await db.selectFrom('forums').selectAll().execute()
  const inForums = (own: { topic_id: number }[], reads: 'members_read' | 'guests_read') => {
    const there = new Set(forums.filter(forum => forum[reads] === 1).map(({ id }) => id))
    const topicsThere = new Set(topics.filter(topic => there.has(topic.forum_id)).map(({ id }) => id))
    return own.filter(post => topicsThere.has(post.topic_id)).length
  }
  for (const member of await db.selectFrom('members').selectAll().execute()) {
    const own = open.flatMap(({ posts }) => posts).filter(post => isPublic(post) && post.member_id === member.id)
    assert.equal(member.post_count, own.length, `posts of ${member.name}`)
    assert.equal(member.posts_for_members, inForums(own, 'members_read'), `posts of ${member.name}, for members`)
    assert.equal(member.posts_for_guests, inForums(own, 'guests_read'), `posts of ${member.name}, for guests`)
  }
}
