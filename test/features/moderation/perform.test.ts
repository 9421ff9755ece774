import assert from 'node:assert/strict'
import type { Viewer } from '../../../src/features/members/index.ts'
import { logPage } from '../../../src/features/moderation/pages/log-page.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { Conflict, Forbidden, Invalid, NotFound, SignInNeeded } from '../../../src/platform/errors.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeMember, makeReply, postRow, setVerb, topicRow, viewerOf } from '../posts/world.ts'
import { appoint, closeForum } from '../topics/world.ts'
import { makeCourt, makeTalk, post, press, topic } from './court.ts'

onBothDatabases('Two moderators who act on the same things at the same moment do each of them once', async ({ db }) => {
  const { forum, ids, moderator, admin } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ben, ids.ann])
  const refs = replies.map(post)
  const outcomes = await Promise.all([
    press(db, moderator, 'hide', refs),
    press(db, admin, 'hide', refs.toReversed()),
    press(db, moderator, 'lock', [topic(topicId)]),
    press(db, admin, 'lock', [topic(topicId)]),
  ])
  assert.equal(outcomes.flatMap(({ done }) => done).length, 4)
  for (const { why } of outcomes.flatMap(({ missed }) => missed)) {
    assert.ok(why instanceof Conflict)
    assert.equal(why.reason?.key, 'moderation.handled_meanwhile')
  }
  assert.equal((await db.selectFrom('moderation_log').select('id').execute()).length, 4)
  await assertSound(db)
})

onBothDatabases('Of many things at once, those that someone has handled stay as they are', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.admin, ids.ann])
  const [one = 0, two = 0, three = 0] = replies
  await press(db, moderator, 'hide', [post(one)])
  const before = await postRow(db, one)
  const { done, missed } = await press(db, moderator, 'hide', [post(one), post(two), post(three), post(9999)])
  assert.deepEqual(done, [post(three)])
  assert.deepEqual(missed.map(({ ref, why }) => [ref.id, why.name]).sort(), [
    [one, 'Conflict'],
    [two, 'Forbidden'],
    [9999, 'NotFound'],
  ])
  assert.deepEqual((await postRow(db, one)).hidden_at, before.hidden_at)
  assert.equal((await postRow(db, two)).hidden_at, null)
})

onBothDatabases('Acts on an opening post go to its topic, once however often it is named', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { topicId, postId } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const { done, missed } = await press(db, moderator, 'hide', [post(postId), topic(topicId)])
  assert.deepEqual([done, missed], [[topic(topicId)], []])
  assert.notEqual((await topicRow(db, topicId)).hidden_at, null)
  assert.equal((await postRow(db, postId)).hidden_at, null)
  await assert.rejects(press(db, moderator, 'lock', [post(99)]), NotFound)
  const recommended = await press(db, moderator, 'recommend', [post(postId)], { note: null })
  assert.equal(recommended.done.length, 0, 'a topic is not recommended in itself')
})

onBothDatabases('A moderator of one forum leaves the others alone', async ({ db }) => {
  const { forum, other, ids } = await makeCourt(db)
  const local = await makeMember(db, 'Local')
  await appoint(db, local, forum)
  const viewer = await viewerOf(db, local)
  const [mine, theirs] = [await makeTalk(db, forum, null, [null]), await makeTalk(db, other, null, [null])]
  for (const act of ['hide', 'delete', 'lock', 'pin'])
    await assert.rejects(press(db, viewer, act, [topic(theirs.topicId)]), Forbidden)
  assert.equal((await press(db, viewer, 'lock', [topic(mine.topicId)])).done.length, 1)
  await closeForum(db, other)
  await assert.rejects(press(db, await viewerOf(db, local), 'lock', [topic(theirs.topicId)]), NotFound)
  assert.ok(ids)
})

onBothDatabases('A member who is appointed acts on members, and not on others who are', async ({ db }) => {
  const { forum, other, ids, moderator, admin } = await makeCourt(db)
  const [one, two] = [await makeMember(db, 'One'), await makeMember(db, 'Two')]
  await appoint(db, one, forum)
  await appoint(db, two, other)
  const viewer = await viewerOf(db, one)
  const by = async (id: number) => (await makeTalk(db, forum, id, [])).topicId
  assert.equal((await press(db, viewer, 'lock', [topic(await by(ids.ann))])).done.length, 1)
  for (const equal of [two, ids.moderator, ids.admin])
    await assert.rejects(press(db, viewer, 'lock', [topic(await by(equal))]), Forbidden)
  await assert.rejects(press(db, moderator, 'lock', [topic(await by(one))]), Forbidden)
  const { batch } = await press(db, viewer, 'pin', [topic(await by(ids.ben))])
  await assert.rejects(undoActs(db, moderator, { batch }), NotFound)
  const everything = { by: null, act: null, forum: null }
  const seen = async (who: Viewer) => (await logPage(db, who, everything, 1)).entries.map(({ actor }) => actor?.name)
  assert.deepEqual(await seen(viewer), ['One', 'One'])
  assert.deepEqual(await seen(moderator), [])
  assert.deepEqual(await seen(admin), ['One', 'One'])
})

onBothDatabases('An appointment for some acts gives no others', async ({ db }) => {
  const { forum, ids } = await makeCourt(db)
  const member = await makeMember(db, 'Locksmith')
  await db
    .insertInto('moderators')
    .values({ member_id: member, group_id: null, forum_id: forum, acts: '["lock"]' })
    .execute()
  await db.updateTable('revisions').set({ permissions: 99 }).execute()
  const viewer = await viewerOf(db, member)
  const { topicId } = await makeTalk(db, forum, null, [])
  assert.equal((await press(db, viewer, 'lock', [topic(topicId)])).done.length, 1)
  assert.equal((await press(db, viewer, 'unlock', [topic(topicId)])).done.length, 1)
  await assert.rejects(press(db, viewer, 'pin', [topic(topicId)]), Forbidden)
  assert.ok(ids)
})

onBothDatabases('Nobody acts on what someone of equal or higher standing wrote, but on their own', async ({ db }) => {
  const { forum, ids, moderator, admin } = await makeCourt(db)
  const peer = await makeMember(db, 'Rhadamanthys', 'Moderators')
  const by = async (id: number) => (await makeTalk(db, forum, id, [])).topicId
  await assert.rejects(press(db, moderator, 'hide', [topic(await by(ids.admin))]), Forbidden)
  await assert.rejects(press(db, moderator, 'lock', [topic(await by(peer))]), Forbidden)
  assert.equal((await press(db, moderator, 'hide', [topic(await by(ids.moderator))])).done.length, 1)
  assert.equal((await press(db, admin, 'hide', [topic(await by(peer))])).done.length, 1)
  const second = await viewerOf(db, await makeMember(db, 'Second', 'Administrators'))
  await assert.rejects(press(db, second, 'hide', [topic(await by(ids.admin))]), Forbidden)
})

onBothDatabases('Members and guests may do nothing of it', async ({ db }) => {
  const { forum, ids, ann } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ann])
  const guest = await viewerOf(db, null)
  await assert.rejects(press(db, ann, 'hide', [topic(topicId)]), Forbidden)
  await assert.rejects(press(db, guest, 'hide', replies.map(post)), SignInNeeded)
  const pending = await makeReply(db, topicId, ids.ben, { pendingReason: 'posts.waits_for_all' })
  await assert.rejects(press(db, ann, 'approve', [post(pending.id)]), NotFound)
})

onBothDatabases('A topic moves only to a forum in which whoever moves it may start one', async ({ db }) => {
  const { forum, other, ids, moderator } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const category = (await db.selectFrom('forums').selectAll().where('kind', '=', 'category').executeTakeFirstOrThrow())
    .id
  for (const target of [category, 9999]) {
    await assert.rejects(press(db, moderator, 'move', [topic(topicId)], { forum: target }), Invalid)
  }
  await setVerb(db, other, 'Moderators', 'start', false)
  const changed = await viewerOf(db, ids.moderator)
  await assert.rejects(press(db, changed, 'move', [topic(topicId)], { forum: other }), Invalid)
  await setVerb(db, other, 'Moderators', 'start', true)
  const again = await viewerOf(db, ids.moderator)
  assert.equal((await press(db, again, 'move', [topic(topicId)], { forum: other })).done.length, 1)
  assert.equal((await press(db, again, 'move', [topic(topicId)], { forum: other })).missed.length, 1)
  await assertSound(db)
})

onBothDatabases('Whoever wrote what was rejected still sees it and is told', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const { id } = await makeReply(db, topicId, ids.ben, { pendingReason: 'posts.waits_for_all' })
  await press(db, moderator, 'reject', [post(id)], { reason: 'Advertising' })
  assert.equal((await postRow(db, id)).pending_reason, 'topics.rejected')
  assert.equal((await press(db, moderator, 'reject', [post(id)])).missed.length, 1)
  assert.equal((await press(db, moderator, 'approve', [post(id)])).done.length, 1, 'minds change')
  assert.equal((await postRow(db, id)).position, 2)
  await assertSound(db)
})

onBothDatabases('Every act makes the pages stale on which it shows', async ({ db }) => {
  const { forum, other, ids, moderator } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const revisions = async () => {
    const forums = await db.selectFrom('forums').select(['id', 'revision']).orderBy('id').execute()
    const byForum = new Map(forums.map(row => [row.id, row.revision]))
    return { topic: (await topicRow(db, topicId)).revision, forum: byForum.get(forum), other: byForum.get(other) }
  }
  for (const act of ['lock', 'unlock', 'pin', 'unpin', 'hide', 'unhide', 'delete', 'restore', 'move']) {
    const before = await revisions()
    await press(db, moderator, act, [topic(topicId)], { forum: other })
    const after = await revisions()
    assert.ok(after.topic > before.topic, `topic after ${act}`)
    assert.ok((after.forum ?? 0) > (before.forum ?? 0), `forum after ${act}`)
    if (act === 'move') assert.ok((after.other ?? 0) > (before.other ?? 0))
  }
  const before = await revisions()
  await press(db, moderator, 'recommend', replies.map(post), { note: 'Read this' })
  assert.ok((await revisions()).topic > before.topic)
})
