import assert from 'node:assert/strict'
import { followOf, insertFollow } from '../../../src/features/follows/queries.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { addressOfPost } from '../../../src/features/posts/reading/permalink.ts'
import { Conflict, Invalid } from '../../../src/platform/errors.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound, orderOfTopic } from '../posts/soundness.ts'
import { makeMember, makeReply, postRow, setVerb, topicRow, viewerOf } from '../posts/world.ts'
import { appoint } from '../topics/world.ts'
import { makeCourt, makeTalk, post, press, topic } from './court.ts'

const merging = { into: null, keep: null }
const splitting = { scope: 'these', title: null, forum: null, into: null }

/** Two topics whose posts were written in turns; the ids of all posts in the order of writing. */
async function makeTwo(db: Db) {
  const court = await makeCourt(db)
  const { ids, forum, other } = court
  const [one, two] = [await makeTalk(db, forum, ids.ann, []), await makeTalk(db, other, ids.ben, [])]
  const posts = [one.postId, two.postId]
  for (let n = 0; n < 3; n++)
    for (const { topicId } of [one, two]) posts.push((await makeReply(db, topicId, n % 2 ? ids.ann : ids.ben)).id)
  for (const [at, id] of posts.entries())
    await db
      .updateTable('posts')
      .set({ created_at: 1000 + at })
      .where('id', '=', id)
      .execute()
  for (const { topicId } of [one, two]) {
    const own = await db
      .selectFrom('posts')
      .select('created_at')
      .where('topic_id', '=', topicId)
      .orderBy('id')
      .execute()
    const [first, last] = [own[0]?.created_at ?? 0, own.at(-1)?.created_at ?? 0]
    await db.updateTable('topics').set({ created_at: first, last_post_at: last }).where('id', '=', topicId).execute()
  }
  return { ...court, one: one.topicId, two: two.topicId, posts }
}

onBothDatabases(
  'Merged topics read in the order of writing, and come apart with what was written since',
  async ({ db }) => {
    const { one, two, posts, ids, moderator, forum } = await makeTwo(db)
    await insertFollow(db, ids.ben, one, 7)
    await db.updateTable('members').set({ read_all_at: 0 }).execute()
    for (const [topicId, upTo] of [
      [one, 2000],
      [two, 1003],
    ] as const)
      await db.insertInto('topic_reads').values({ member_id: ids.ann, topic_id: topicId, read_at: upTo }).execute()
    const { batch, done } = await press(db, moderator, 'merge', [topic(one), topic(two)], { ...merging, keep: two })
    assert.deepEqual(done, [topic(one)])
    assert.deepEqual(await orderOfTopic(db, two), posts)
    assert.equal((await topicRow(db, two)).first_post_id, posts[0], 'the earliest opens it')
    assert.equal((await topicRow(db, two)).member_id, ids.ann)
    assert.ok(await followOf(db, ids.ben, two))
    const mark = db
      .selectFrom('topic_reads')
      .select('read_at')
      .where('member_id', '=', ids.ann)
      .where('topic_id', '=', two)
    assert.equal((await mark.executeTakeFirst())?.read_at, 1003, 'nothing unread is passed over')
    const guest = await viewerOf(db, null)
    for (const id of posts)
      assert.match(await addressOfPost(db, guest, id), new RegExp(`^/topic/${two}-.*#post-${id}$`))
    await assertSound(db)

    const hidden = posts[3] ?? 0
    await press(db, moderator, 'hide', [post(hidden)])
    const came = await makeReply(db, two, ids.ann)
    assert.deepEqual(await undoActs(db, moderator, { batch }), { undone: 1, missed: [] })
    assert.deepEqual(
      await orderOfTopic(db, one),
      posts.filter((_, at) => at % 2 === 0),
    )
    assert.deepEqual(await orderOfTopic(db, two), [...posts.filter((_, at) => at % 2 === 1), came.id])
    assert.equal((await topicRow(db, one)).forum_id, forum)
    assert.equal((await postRow(db, hidden)).position, null)
    assert.equal(await followOf(db, ids.ben, two), undefined)
    await assertSound(db)
  },
)

onBothDatabases(
  'Taking a merge apart waits for what was moved on, and for an opening that is out of sight',
  async ({ db }) => {
    const { one, two, posts, moderator, forum } = await makeTwo(db)
    const merge = await press(db, moderator, 'merge', [topic(two)], { ...merging, into: one })
    const reply = posts[3] ?? 0
    const split = await press(db, moderator, 'split', [post(reply)], { ...splitting, title: 'Off', forum })
    const whyNot = async (batch: string) => (await undoActs(db, moderator, { batch })).missed[0]?.reason?.key
    assert.equal(await whyNot(merge.batch), 'moderation.since_posts_moved')
    assert.deepEqual(await undoActs(db, moderator, { batch: split.batch }), { undone: 1, missed: [] })
    const hide = await press(db, moderator, 'hide', [post(posts[1] ?? 0)])
    assert.equal(await whyNot(merge.batch), 'moderation.since_opening_withdrawn')
    await undoActs(db, moderator, { batch: hide.batch })
    assert.equal(await whyNot(merge.batch), undefined)
    await assertSound(db)

    const lock = await press(db, moderator, 'lock', [topic(two)])
    await press(db, moderator, 'merge', [topic(two)], { ...merging, into: one })
    assert.equal(await whyNot(lock.batch), 'moderation.since_merged')
    const again = await press(db, moderator, 'merge', [topic(two)], { ...merging, into: one })
    assert.ok(again.missed[0]?.why instanceof Conflict, 'it was merged already')
  },
)

onBothDatabases(
  'Posts are split off with what follows them, and replies that came since go home with them',
  async ({ db }) => {
    const { one, two, moderator, other, ids } = await makeTwo(db)
    const before = await orderOfTopic(db, one)
    const input = { ...splitting, scope: 'after', title: 'Another matter', forum: other }
    const { batch } = await press(db, moderator, 'split', [post(before[2] ?? 0)], input)
    const made = await db.selectFrom('topics').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()
    assert.deepEqual([made.title, made.forum_id, made.first_post_id], ['Another matter', other, before[2]])
    assert.deepEqual(await orderOfTopic(db, one), before.slice(0, 2))
    assert.deepEqual(await orderOfTopic(db, made.id), before.slice(2))
    await assertSound(db)
    const came = await makeReply(db, made.id, ids.ben)
    assert.deepEqual(await undoActs(db, moderator, { batch }), { undone: 1, missed: [] })
    assert.deepEqual(await orderOfTopic(db, one), [...before, came.id])
    assert.equal((await topicRow(db, made.id)).merged_into_id, one, 'its address leads back')

    await press(db, moderator, 'split', before.slice(1).map(post), { ...splitting, into: two })
    assert.equal((await topicRow(db, two)).post_count, 7)
    const opening = await press(db, moderator, 'split', [post(before[0] ?? 0)], { ...splitting, into: two })
    const [missed] = opening.missed
    assert.equal(missed?.why.reason?.key, 'moderation.split_opening')
    await assertSound(db)
  },
)

onBothDatabases('Posts of one author become one, which links to the others reach', async ({ db }) => {
  const { moderator, ids, forum } = await makeTwo(db)
  const { replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ben])
  const [one = 0, two = 0, three = 0] = replies
  const strangers = await press(db, moderator, 'merge_posts', [post(one), post(two)])
  assert.equal(strangers.missed[0]?.why.reason?.key, 'moderation.of_several_authors')
  assert.equal(
    (await press(db, moderator, 'merge_posts', [post(one)])).missed[0]?.why.reason?.key,
    'moderation.too_few',
  )
  const { batch } = await press(db, moderator, 'merge_posts', [post(three), post(one)])
  assert.equal((await postRow(db, one)).html, '<p>Words</p>\n<p>Words</p>')
  assert.match(await addressOfPost(db, await viewerOf(db, null), three), new RegExp(`#post-${one}$`))
  const touched = await press(db, moderator, 'restore', [post(three)])
  assert.equal(touched.done.length, 0, 'it is no deleted post of its own')
  await assertSound(db)
  assert.deepEqual(await undoActs(db, moderator, { batch }), { undone: 1, missed: [] })
  assert.deepEqual([(await postRow(db, one)).html, (await postRow(db, three)).position], ['<p>Words</p>', 4])
  await assertSound(db)
})

onBothDatabases('Nothing goes to a topic in which whoever moves it may not do the same', async ({ db }) => {
  const { one, two, posts, forum, other } = await makeTwo(db)
  const local = await makeMember(db, 'Local')
  await appoint(db, local, forum)
  const refused = async (name: string, input: object) => {
    const ref = name === 'merge' ? topic(one) : post(posts[2] ?? 0)
    await assert.rejects(press(db, await viewerOf(db, local), name, [ref], input), Invalid)
  }
  for (const into of [two, one, 9999, null]) await refused('merge', { ...merging, into })
  for (const into of [two, one, 9999]) await refused('split', { ...splitting, into })
  await setVerb(db, other, 'Members', 'start', false)
  await refused('split', { ...splitting, title: 'Off', forum: other })
  await refused('split', { ...splitting, forum })
})
