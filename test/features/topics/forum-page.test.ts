import assert from 'node:assert/strict'
import { findForum } from '../../../src/features/forums/index.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { findNeighbour } from '../../../src/features/topics/find-neighbour.ts'
import { forumPage } from '../../../src/features/topics/forum-page.ts'
import { findTopic } from '../../../src/features/topics/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, makeReply, makeTopic, makeViewer, viewerOf } from '../posts/world.ts'
import { appoint, makeForum, states, titlesIn, withdrawTopic } from './world.ts'

const guest = (db: Db) => viewerOf(db, null)

async function change(db: Db, topicId: number, values: Record<string, number>): Promise<void> {
  await db.updateTable('topics').set(values).where('id', '=', topicId).execute()
}

/** Topics T1, T2, … each last answered later than the one before. */
async function manyTopics(db: Db, forumId: number, count: number): Promise<number[]> {
  const ids: number[] = []
  for (let n = 1; n <= count; n++) {
    const { topicId } = await makeTopic(db, forumId, null, `T${n}`)
    await change(db, topicId, { last_post_at: 1000 + n, created_at: 5000 - n, views: n % 3 })
    ids.push(topicId)
  }
  return ids
}

onBothDatabases('Pinned topics come first, then the last answered, and no topic is shown twice', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const [first, second] = await manyTopics(db, forum, 12)
  await change(db, first ?? 0, { pinned_at: 1 })
  await change(db, second ?? 0, { pinned_at: 1 })
  await inTransaction(db, tx => writeSettings(tx, { topics_per_page: 5 }))
  const pages = await Promise.all([1, 2, 3].map(async page => titlesIn(db, await guest(db), forum, { page })))
  assert.deepEqual(pages, [
    ['T2', 'T1', 'T12', 'T11', 'T10'],
    ['T9', 'T8', 'T7', 'T6', 'T5'],
    ['T4', 'T3'],
  ])
  const node = await findForum(db, await guest(db), forum)
  const beyond = await forumPage(db, await guest(db), node, { page: 4, order: 'last', filter: null })
  assert.deepEqual([beyond.pages, beyond.topics], [3, []])
})

onBothDatabases('More pinned topics than fit on a page go on on the next', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  for (const id of (await manyTopics(db, forum, 8)).slice(0, 7)) await change(db, id, { pinned_at: 1 })
  await inTransaction(db, tx => writeSettings(tx, { topics_per_page: 5 }))
  assert.deepEqual(await titlesIn(db, await guest(db), forum), ['T7', 'T6', 'T5', 'T4', 'T3'])
  assert.deepEqual(await titlesIn(db, await guest(db), forum, { page: 2 }), ['T2', 'T1', 'T8'])
})

onBothDatabases('Topics can be put in other orders', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const ids = await manyTopics(db, forum, 3)
  await makeReply(db, ids[1] ?? 0, null, { createdAt: 1002 })
  const viewer = await guest(db)
  assert.deepEqual(await titlesIn(db, viewer, forum, { order: 'last' }), ['T3', 'T2', 'T1'])
  assert.deepEqual(await titlesIn(db, viewer, forum, { order: 'newest' }), ['T1', 'T2', 'T3'])
  assert.deepEqual(await titlesIn(db, viewer, forum, { order: 'replies' }), ['T2', 'T3', 'T1'])
  assert.deepEqual(await titlesIn(db, viewer, forum, { order: 'views' }), ['T2', 'T1', 'T3'])
})

onBothDatabases('Topics can be narrowed to the own, the unanswered and the locked', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const ann = await makeViewer(db, 'Ann')
  const [answered, locked] = await manyTopics(db, forum, 3)
  await makeReply(db, answered ?? 0, null)
  await change(db, locked ?? 0, { locked_at: 1 })
  await makeTopic(db, forum, ann.member?.id ?? 0, 'Own')
  assert.deepEqual(await titlesIn(db, ann, forum, { filter: 'mine' }), ['Own'])
  assert.deepEqual(await titlesIn(db, ann, forum, { filter: 'unanswered' }), ['Own', 'T3', 'T2'])
  assert.deepEqual(await titlesIn(db, ann, forum, { filter: 'locked' }), ['T2'])
})

for (const state of states) {
  onBothDatabases(
    `A ${state} topic is listed for staff, for its author unless deleted, for nobody else`,
    async ({ db }) => {
      const forum = await makeForum(db, 'Forum')
      const author = await makeMember(db, 'Ann')
      const other = await makeMember(db, 'Bea')
      const moderator = await makeMember(db, 'Mod')
      await appoint(db, moderator, forum)
      await makeTopic(db, forum, author, 'Seen')
      const { topicId } = await makeTopic(db, forum, author, 'Withdrawn')
      await withdrawTopic(db, topicId, state)

      const all = ['Withdrawn', 'Seen']
      assert.deepEqual(await titlesIn(db, await guest(db), forum), ['Seen'])
      assert.deepEqual(await titlesIn(db, await viewerOf(db, other), forum), ['Seen'])
      assert.deepEqual(await titlesIn(db, await viewerOf(db, moderator), forum), all)
      assert.deepEqual(await titlesIn(db, await viewerOf(db, author), forum), state === 'deleted' ? ['Seen'] : all)
      assert.deepEqual(await titlesIn(db, await viewerOf(db, other), forum, { filter: 'unanswered' }), ['Seen'])
    },
  )
}

onBothDatabases('Own withdrawn topics count for the number of pages of their author only', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const ann = await makeMember(db, 'Ann')
  for (let n = 0; n < 6; n++) {
    const { topicId } = await makeTopic(db, forum, ann, `T${n}`)
    if (n === 0) await withdrawTopic(db, topicId, 'pending')
  }
  await inTransaction(db, tx => writeSettings(tx, { topics_per_page: 5 }))
  const view = { page: 1, order: 'last', filter: null } as const
  for (const [member, pages] of [[null, 1] as const, [ann, 2] as const]) {
    const viewer = await viewerOf(db, member)
    assert.equal((await forumPage(db, viewer, await findForum(db, viewer, forum), view)).pages, pages)
  }
})

onBothDatabases('From topic to topic one passes over what one may not see', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const [, second, third, fourth] = await manyTopics(db, forum, 4)
  await withdrawTopic(db, third ?? 0, 'hidden')
  const viewer = await guest(db)
  const step = async (id: number | undefined, side: 'next' | 'previous') =>
    (await findNeighbour(db, viewer, await findTopic(db, viewer, id ?? 0), side))?.id
  assert.equal(await step(fourth, 'next'), second)
  assert.equal(await step(second, 'previous'), fourth)
  assert.equal(await step(fourth, 'previous'), undefined)
  const admin = await makeViewer(db, 'Root', 'Administrators')
  assert.equal((await findNeighbour(db, admin, await findTopic(db, admin, fourth ?? 0), 'next'))?.id, third)
})

onBothDatabases('Topics answered in the same moment have an order too', async ({ db }) => {
  const forum = await makeForum(db, 'Forum')
  const ids = await manyTopics(db, forum, 3)
  for (const id of ids) await change(db, id, { last_post_at: 7 })
  const viewer = await guest(db)
  const middle = await findTopic(db, viewer, ids[1] ?? 0)
  assert.equal((await findNeighbour(db, viewer, middle, 'next'))?.id, ids[0])
  assert.equal((await findNeighbour(db, viewer, middle, 'previous'))?.id, ids[2])
})
