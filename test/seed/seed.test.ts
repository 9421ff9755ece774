import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installDefaults, recountAll } from '../../src/features/posts/index.ts'
import type { Db } from '../../src/platform/store/index.ts'
import { forumNamesFor } from '../../src/seed/forum-names.ts'
import { addSampleContent, seed } from '../../src/seed/index.ts'
import { countForums } from '../../src/seed/places.ts'
import { planTopicSizes } from '../../src/seed/plan.ts'
import { randomFrom } from '../../src/seed/random.ts'
import { freshStore, onBothDatabases } from '../support/index.ts'

const end = Date.UTC(2026, 5, 1)
const wanted = { members: 30, topics: 40, posts: 600, end }

async function contentOf(db: Db) {
  return {
    members: await db.selectFrom('members').selectAll().orderBy('id').execute(),
    topics: await db.selectFrom('topics').selectAll().orderBy('id').execute(),
    posts: await db.selectFrom('posts').selectAll().orderBy('id').execute(),
  }
}

onBothDatabases('a seeded forum has every counter and position right', async ({ db }) => {
  await installDefaults(db)
  await seed(db, { ...wanted, random: 1 })
  assert.deepEqual(await recountAll(db, { repair: false }), [])
  const { posts, topics } = await contentOf(db)
  assert.equal(posts.length, 601)
  assert.ok(topics.every(topic => topic.last_post_at <= Math.max(end, topic.created_at)))
})

onBothDatabases('people can go on writing in a seeded forum', async ({ db }) => {
  await seed(db, { ...wanted, random: 1 })
  await addSampleContent(db)
  assert.deepEqual(await recountAll(db, { repair: false }), [])
})

test('the same number makes the same forum, another one another', async t => {
  const [one, same, other] = await Promise.all(
    [1, 1, 2].map(async random => {
      const { db } = await freshStore(t)
      await seed(db, { ...wanted, random })
      return contentOf(db)
    }),
  )
  assert.deepEqual(one, same)
  assert.notDeepEqual(one, other)
})

test('posts are of very different length, and quote each other', async t => {
  const { db } = await freshStore(t)
  await seed(db, { members: 50, topics: 100, posts: 3000, random: 3, end })
  const { posts } = await contentOf(db)
  const lengths = posts.map(post => post.text.split(/\s+/).length)
  assert.ok(Math.min(...lengths) < 15)
  assert.ok(Math.max(...lengths) > 500)
  assert.ok(posts.some(post => post.html.includes('<blockquote')))
  assert.ok(posts.some(post => post.html.includes('<li>')))
  assert.ok(posts.some(post => post.html.includes('<a ')))
})

test('a large forum has years of topics, some pinned or locked, and people of very different activity', async t => {
  const { db } = await freshStore(t)
  await seed(db, { members: 100, topics: 1000, posts: 4000, random: 1, end })
  const { members, topics } = await contentOf(db)
  const years = new Set(topics.map(topic => new Date(topic.created_at).getUTCFullYear()))
  assert.ok(years.size >= 5)
  assert.ok(topics.some(topic => topic.pinned_at !== null) && topics.some(topic => topic.locked_at !== null))
  assert.ok(new Set(topics.map(topic => topic.forum_id)).size >= 8)
  const active = members.map(member => member.post_count).sort((a, b) => b - a)
  assert.ok((active[0] ?? 0) > 20 * (active[50] ?? 0))
  const kinds = await db.selectFrom('forums').select('kind').execute()
  assert.ok(kinds.filter(({ kind }) => kind === 'category').length > 1)
})

test('a community that has written much has more forums to write in, each with a name of its own', () => {
  const [young, grown] = [forumNamesFor(600), forumNamesFor(100_000)]
  assert.equal(countForums(young), 10)
  assert.ok(countForums(grown) >= 30 && grown.length > young.length)
  const names = grown.flatMap(({ forums }) => forums.flatMap(({ name, below = [] }) => [name, ...below]))
  assert.deepEqual(names, [...new Set(names)])
})

test('in a forum of the usual size one topic has 10,000 replies', () => {
  const sizes = planTopicSizes(randomFrom(1), { members: 500, topics: 5000, posts: 100_000 })
  assert.ok(Math.max(...sizes) > 10_000)
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    100_000,
  )
})

test('fewer posts than topics are refused', async t => {
  const { db } = await freshStore(t)
  await assert.rejects(seed(db, { members: 1, topics: 5, posts: 4, random: 1, end }), RangeError)
})
