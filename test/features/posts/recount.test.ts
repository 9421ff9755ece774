import assert from 'node:assert/strict'
import fc from 'fast-check'
import { setForumPassword } from '../../../src/features/forums/index.ts'
import { changePostState, changeTopicForum } from '../../../src/features/posts/change-state.ts'
import { moveAllTopics } from '../../../src/features/posts/move-all-topics.ts'
import { recountAll, recountMembers } from '../../../src/features/posts/upkeep/recount.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound, orderOfTopic } from './soundness.ts'
import { makeForums, makeMember, makeReply, makeTopic, setVerb } from './world.ts'

async function busyForum(db: Db) {
  const forums = await makeForums(db, 2)
  const ann = await makeMember(db, 'Ann')
  const ben = await makeMember(db, 'Ben')
  const topics = []
  for (const forum of forums) {
    const { topicId } = await makeTopic(db, forum, ann)
    topics.push(topicId)
    for (let n = 0; n < 6; n++) {
      const pendingReason = n === 4 ? 'posts.why' : null
      const reply = await makeReply(db, topicId, n % 2 ? ann : ben, { pendingReason })
      if (n === 2) await inTransaction(db, tx => changePostState(tx, topicId, reply.id, { hidden_at: 1 }))
    }
  }
  return { forums, topics, members: [ann, ben] }
}

onBothDatabases('Recounting a forum that is right finds nothing', async ({ db }) => {
  await busyForum(db)
  assert.deepEqual(await recountAll(db, { repair: true }), [])
})

onBothDatabases(
  'Recounting says what is off, row by row, and changes nothing unless it is asked to',
  async ({ db }) => {
    const { forums, members } = await busyForum(db)
    await db
      .updateTable('forums')
      .set({ topic_count: 9 })
      .where('id', '=', forums[0] ?? 0)
      .execute()
    await db
      .updateTable('members')
      .set({ post_count: 0, posts_for_guests: 1 })
      .where('id', '=', members[0] ?? 0)
      .execute()
    const expected = [
      { table: 'forums', id: forums[0], column: 'topic_count', was: 9, should: 1 },
      { table: 'members', id: members[0], column: 'post_count', was: 0, should: 8 },
      { table: 'members', id: members[0], column: 'posts_for_guests', was: 1, should: 8 },
    ]
    assert.deepEqual(await recountAll(db, { repair: false }), expected)
    assert.deepEqual(await recountAll(db, { repair: true }), expected)
    assert.deepEqual(await recountAll(db, { repair: true }), [])
  },
)

onBothDatabases(
  'Recounting puts right whatever numbers were spoilt, and keeps the order of posts',
  async ({ db, kind }) => {
    const { topics } = await busyForum(db)
    const [topicId = 0] = topics
    const order = await orderOfTopic(db, topicId)
    const posts = await db.selectFrom('posts').select('id').execute()
    const spoil = async (index: number, position: number | null) => {
      const id = posts[index % posts.length]?.id ?? 0
      await db.updateTable('posts').set({ position }).where('id', '=', id).execute()
      await db.updateTable('topics').set({ post_count: 77, last_post_id: null, first_post_id: null }).execute()
      await db
        .updateTable('forums')
        .set({ post_count: -3, last_post_id: 4, guests_read: index % 2 ? 0 : 1 })
        .execute()
      await recountAll(db, { repair: true })
      await assertSound(db)
      assert.deepEqual(await orderOfTopic(db, topicId), order)
      const read = await db.selectFrom('forums').select('id').where('guests_read', '=', 1).execute()
      assert.equal(read.length, 3, 'guests read the category and its forums')
    }
    const broken = fc.asyncProperty(fc.nat(20), fc.option(fc.nat(30)), spoil)
    await fc.assert(broken, { numRuns: kind === 'sqlite' ? 30 : 10 })
  },
)

onBothDatabases('What others are shown of how much somebody wrote follows who reads where', async ({ db }) => {
  const { forums, topics, members } = await busyForum(db)
  const [open = 0, closed = 0] = forums
  const countsOf = async () => {
    await assertSound(db)
    const ann = db.selectFrom('members').where('id', '=', members[0] ?? 0)
    return ann.select(['post_count', 'posts_for_members', 'posts_for_guests']).executeTakeFirstOrThrow()
  }
  await setVerb(db, closed, 'Guests', 'read', false)
  await recountMembers(db)
  assert.deepEqual(await countsOf(), { post_count: 8, posts_for_members: 8, posts_for_guests: 4 })
  await setForumPassword(db, closed, 'hash')
  await recountMembers(db)
  assert.deepEqual(await countsOf(), { post_count: 8, posts_for_members: 4, posts_for_guests: 4 })
  await makeReply(db, topics[1] ?? 0, members[0] ?? null)
  assert.deepEqual(await countsOf(), { post_count: 9, posts_for_members: 4, posts_for_guests: 4 })
  await inTransaction(db, tx => changeTopicForum(tx, topics[1] ?? 0, open))
  assert.deepEqual(await countsOf(), { post_count: 9, posts_for_members: 9, posts_for_guests: 9 })
  await inTransaction(db, tx => moveAllTopics(tx, open, closed))
  await recountMembers(db)
  assert.deepEqual(await countsOf(), { post_count: 9, posts_for_members: 0, posts_for_guests: 0 })
  assert.deepEqual(await recountAll(db, { repair: false }), [])
})

onBothDatabases('Recounting while people post neither disturbs them nor repairs what is right', async ({ db }) => {
  const { topics, members } = await busyForum(db)
  const posting = Promise.all(
    Array.from({ length: 30 }, (_, n) => makeReply(db, topics[n % 2] ?? 0, members[n % 2] ?? null)),
  )
  const off = await recountAll(db, { repair: true })
  await posting
  assert.deepEqual(off, [])
  await assertSound(db)
})
