import assert from 'node:assert/strict'
import { findForum } from '../../../src/features/forums/index.ts'
import { forumPage } from '../../../src/features/topics/forum-page.ts'
import { findTopic, markTopicRead, topicReadUpTo } from '../../../src/features/topics/index.ts'
import { indexPage } from '../../../src/features/topics/index-page.ts'
import { markAllRead, markForumRead } from '../../../src/features/topics/mark-read.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, makeReply, makeTopic, viewerOf } from '../posts/world.ts'
import { closeForum, makeForum, withdrawTopic } from './world.ts'

const soon = () => Date.now() + 10_000

/** Somebody who joined before everything. */
async function reader(db: Db): Promise<number> {
  const id = await makeMember(db, 'Reader')
  await db.updateTable('members').set({ read_all_at: 1 }).where('id', '=', id).execute()
  return id
}

/** Names of what is marked as new: forums on the index, topics in a forum. */
async function news(db: Db, memberId: number, forumId: number): Promise<string[]> {
  const viewer = await viewerOf(db, memberId)
  const index = await indexPage(db, viewer)
  const forum = await findForum(db, viewer, forumId)
  const { topics } = await forumPage(db, viewer, forum, { page: 1, order: 'last', filter: null })
  const rows = index.sections.flatMap(section => section.rows)
  return [...rows, ...topics].filter(row => row.unread).map(row => ('name' in row ? row.name : row.title))
}

async function read(db: Db, memberId: number, topicId: number, upTo: number): Promise<void> {
  const viewer = await viewerOf(db, memberId)
  const topic = await findTopic(db, viewer, topicId)
  assert.ok(viewer.member)
  await markTopicRead(db, viewer.member, topic, upTo, await topicReadUpTo(db, viewer.member, topic))
}

onBothDatabases('A topic is new to a member until it is read, and again after a reply', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const me = await reader(db)
  const { topicId } = await makeTopic(db, forum, null, 'Topic')
  assert.deepEqual(await news(db, me, forum), ['Forum', 'Topic'])
  await read(db, me, topicId, Date.now())
  assert.deepEqual(await news(db, me, forum), [])
  await makeReply(db, topicId, null, { createdAt: soon() })
  assert.deepEqual(await news(db, me, forum), ['Forum', 'Topic'])
})

onBothDatabases('A mark only moves forward', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const me = await reader(db)
  const { topicId } = await makeTopic(db, forum, null)
  await read(db, me, topicId, 9000)
  await read(db, me, topicId, 8000)
  const viewer = await viewerOf(db, me)
  assert.ok(viewer.member)
  assert.equal(await topicReadUpTo(db, viewer.member, await findTopic(db, viewer, topicId)), 9000)
})

onBothDatabases('A forum marked as read is read with its subforums, others are not', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const below = await makeForum(db, 'Below', forum)
  const other = await makeForum(db, 'Other')
  const me = await reader(db)
  for (const id of [forum, below, other]) await makeTopic(db, id, null)
  const viewer = await viewerOf(db, me)
  await markForumRead(db, viewer, await findForum(db, viewer, forum), Date.now())
  assert.deepEqual(await news(db, me, below), ['Other'])
})

onBothDatabases('What came after the page was shown stays new', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const me = await reader(db)
  const shownAt = Date.now()
  const { topicId } = await makeTopic(db, forum, null, 'Early')
  await makeReply(db, topicId, null, { createdAt: soon() })
  const { member } = await viewerOf(db, me)
  assert.ok(member)
  await markAllRead(db, member, shownAt)
  assert.deepEqual(await news(db, me, forum), ['Forum', 'Early'])
  await markAllRead(db, member, soon())
  assert.deepEqual(await news(db, me, forum), [])
})

onBothDatabases('What one may not see is never new', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const secret = await makeForum(db, 'Secret', forum)
  const me = await reader(db)
  await makeTopic(db, secret, null)
  await closeForum(db, secret)
  const { topicId } = await makeTopic(db, forum, null)
  await withdrawTopic(db, topicId, 'hidden')
  assert.deepEqual(await news(db, me, forum), [])
})

onBothDatabases('Nothing is marked as new for guests', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  await makeTopic(db, forum, null)
  const [section] = (await indexPage(db, await viewerOf(db, null))).sections
  assert.equal(section?.rows[0]?.unread, undefined)
})
