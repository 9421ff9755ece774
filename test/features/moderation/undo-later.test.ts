import assert from 'node:assert/strict'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { Forbidden, NotFound } from '../../../src/platform/errors.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeMember, makeReply, postRow, topicRow, viewerOf } from '../posts/world.ts'
import { appoint } from '../topics/world.ts'
import { edit, makeCourt, makeEdit, makeTalk, post, press, topic } from './court.ts'

/** A topic as people see it, without what only says which one it is. */
async function shapeOf(db: Db, topicId: number) {
  const { forum_id, title, post_count, hidden_at, deleted_at, locked_at } = await topicRow(db, topicId)
  const posts = await db
    .selectFrom('posts')
    .select(['member_id', 'position', 'place', 'hidden_at', 'deleted_at'])
    .where('topic_id', '=', topicId)
    .orderBy('id')
    .execute()
  const flags = posts.map(row => ({ ...row, hidden_at: !!row.hidden_at, deleted_at: !!row.deleted_at }))
  return { forum_id, title, post_count, hidden: !!hidden_at, deleted: !!deleted_at, locked: !!locked_at, flags }
}

onBothDatabases('An act undone days later leaves what everything since has made', async ({ db }) => {
  const { forum, other, ids, moderator, admin } = await makeCourt(db)
  const talks = [
    await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ben]),
    await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ben]),
  ]
  const batches: string[] = []
  for (const [index, { topicId, replies }] of talks.entries()) {
    const [one = 0, two = 0] = replies
    if (index === 0) batches.push((await press(db, moderator, 'hide', [post(two), topic(topicId)])).batch)
    await makeReply(db, topicId, ids.ben)
    await press(db, admin, 'delete', [post(one)])
    await makeReply(db, topicId, null)
    await press(db, admin, 'move', [topic(topicId)], { forum: other })
    await press(db, admin, 'lock', [topic(topicId)])
  }
  assert.deepEqual(await undoActs(db, moderator, { batch: batches[0] }), { undone: 2, missed: [] })
  assert.deepEqual(await shapeOf(db, talks[0]?.topicId ?? 0), await shapeOf(db, talks[1]?.topicId ?? 0))
  await assertSound(db)
})

onBothDatabases('Undo says what stands in its way, and changes nothing', async ({ db }) => {
  const { forum, other, ids, moderator, admin } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const [reply = 0] = replies
  const hide = await press(db, moderator, 'hide', [post(reply)])
  await press(db, moderator, 'unhide', [post(reply)])
  const hidden = await undoActs(db, moderator, { batch: hide.batch })
  assert.equal(hidden.missed[0]?.reason?.key, 'moderation.since_unhide')
  assert.deepEqual(hidden.missed[0]?.reason?.args, { told: 'yes', name: 'Minos' })
  assert.equal((await postRow(db, reply)).hidden_at, null)

  const move = await press(db, moderator, 'move', [topic(topicId)], { forum: other })
  await press(db, admin, 'move', [topic(topicId)], { forum })
  const moved = await undoActs(db, moderator, { batch: move.batch })
  assert.equal(moved.missed[0]?.reason?.key, 'moderation.since_move')
  assert.deepEqual(moved.missed[0]?.reason?.args, { told: 'no', name: '' }, 'an administrator is not told on')
})

onBothDatabases('An edit that was approved can be undone until the post is changed again', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { postId } = await makeTalk(db, forum, ids.ann, [])
  await makeEdit(db, postId, ids.ann, 'Second words')
  const first = await press(db, moderator, 'approve', [edit(postId)])
  await makeEdit(db, postId, ids.ann, 'Third words')
  await press(db, moderator, 'approve', [edit(postId)])
  const { missed } = await undoActs(db, moderator, { batch: first.batch })
  assert.equal(missed.length, 1)
  assert.equal((await postRow(db, postId)).text, 'Third words')
})

onBothDatabases('Undoing a rejection brings back that edit and no later one', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { postId } = await makeTalk(db, forum, ids.ann, [])
  await makeEdit(db, postId, ids.ann, 'Second words')
  const first = await press(db, moderator, 'reject', [edit(postId)])
  await db.deleteFrom('proposed_edits').execute()
  await makeEdit(db, postId, ids.ann, 'Third words')
  await db.updateTable('proposed_edits').set({ proposed_at: 7 }).execute()
  const second = await press(db, moderator, 'reject', [edit(postId)])
  assert.equal((await undoActs(db, moderator, { batch: first.batch })).undone, 0)
  assert.equal((await undoActs(db, moderator, { batch: second.batch })).undone, 1)
})

onBothDatabases('What was undone once is not undone again', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const { batch } = await press(db, moderator, 'hide', [topic(topicId)])
  const both = await Promise.all([undoActs(db, moderator, { batch }), undoActs(db, moderator, { batch })])
  assert.deepEqual(both.map(({ undone }) => undone).sort(), [0, 1])
  const again = await press(db, moderator, 'hide', [topic(topicId)])
  assert.equal((await undoActs(db, moderator, { batch })).undone, 0)
  assert.notEqual((await topicRow(db, topicId)).hidden_at, null)
  assert.equal((await undoActs(db, moderator, { batch: again.batch })).undone, 1)
})

onBothDatabases('Nobody undoes or looks up what someone of equal or higher standing did', async ({ db }) => {
  const { forum, ids, moderator, admin } = await makeCourt(db)
  const peer = await viewerOf(db, await makeMember(db, 'Rhadamanthys', 'Moderators'))
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const mine = await press(db, moderator, 'lock', [topic(topicId)])
  const theirs = await press(db, admin, 'pin', [topic(topicId)])
  await assert.rejects(undoActs(db, peer, { batch: mine.batch }), NotFound)
  await assert.rejects(undoActs(db, moderator, { batch: theirs.batch }), NotFound)
  assert.equal((await undoActs(db, admin, { batch: mine.batch })).undone, 1)
  assert.equal((await undoActs(db, admin, { batch: theirs.batch })).undone, 1)
})

onBothDatabases('Undo needs the right that the act needed, wherever the topic is now', async ({ db }) => {
  const { forum, other, ids, admin } = await makeCourt(db)
  const local = await makeMember(db, 'Local')
  await appoint(db, local, forum)
  const viewer = await viewerOf(db, local)
  const guest = await makeTalk(db, forum, null, [])
  const lock = await press(db, viewer, 'lock', [topic(guest.topicId)])
  const move = await press(db, viewer, 'move', [topic(guest.topicId)], { forum: other })
  const { undone, missed } = await undoActs(db, viewer, { batch: lock.batch })
  assert.equal(undone, 0)
  assert.ok(missed[0] instanceof Forbidden, 'it lies in a forum that is not theirs')
  assert.equal(
    (await undoActs(db, viewer, { batch: move.batch })).undone,
    1,
    'a move is taken back from where it was made',
  )
  assert.equal((await undoActs(db, admin, { batch: lock.batch })).undone, 1)
  assert.ok(ids)
})
