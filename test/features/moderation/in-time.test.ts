import assert from 'node:assert/strict'
import { endDates } from '../../../src/features/moderation/later/end-dates.ts'
import { purgeDeleted } from '../../../src/features/moderation/later/purge-deleted.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { linksIn } from '../../../src/features/topics/queries/links.ts'
import { Invalid } from '../../../src/platform/errors.ts'
import { endOfDay } from '../../../src/platform/locale/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { postRow, topicRow } from '../posts/world.ts'
import { makeCourt, makeTalk, post, press, topic } from './court.ts'

const day = 24 * 60 * 60_000
const dayAfter = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)

async function revisionOf(db: Db, forumId: number) {
  const row = await db.selectFrom('forums').select('revision').where('id', '=', forumId).executeTakeFirstOrThrow()
  return row.revision
}

onBothDatabases('What has a last day ends when that is over, and pages are made anew', async ({ db }) => {
  const { forum, other, ids, moderator } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const pin = (until: string) => press(db, moderator, 'pin_until', [topic(topicId)], { until })
  await assert.rejects(pin(dayAfter(-2)), Invalid)
  await pin(dayAfter(2))
  const move = { forum: other, link: true, link_until: dayAfter(2) }
  const { batch } = await press(db, moderator, 'move', [topic(topicId)], move)
  const linked = async () => (await linksIn(db, forum, [forum, other])).map(({ id }) => id)
  assert.deepEqual(await linked(), [topicId])
  assert.deepEqual(await linksIn(db, forum, [forum]), [], 'nobody learns of a topic where they may not read')
  await endDates(db, Date.now() + day)
  assert.notEqual((await topicRow(db, topicId)).pinned_at, null)
  assert.deepEqual(await linked(), [topicId])
  const before = [await revisionOf(db, forum), await revisionOf(db, other)]
  await endDates(db, Date.now() + 4 * day)
  const { pinned_at, pinned_until } = await topicRow(db, topicId)
  assert.deepEqual([pinned_at, pinned_until, await linked()], [null, null, []])
  assert.notEqual(await revisionOf(db, forum), before[0])
  assert.notEqual(await revisionOf(db, other), before[1])
  assert.equal((await undoActs(db, moderator, { batch })).undone, 1)
  const summer = endOfDay('2026-06-30', 'Europe/Athens')
  assert.equal(new Date(summer).toISOString(), '2026-06-30T21:00:00.000Z')
})

onBothDatabases('What was deleted thirty days ago loses its text for good, and the log says so', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ann])
  const [one = 0, two = 0, three = 0] = replies
  const gone = await makeTalk(db, forum, ids.ann, [ids.ben])
  const away = await makeTalk(db, forum, ids.ann, [])
  const merge = await press(db, moderator, 'merge', [topic(away.topicId)], { into: topicId, keep: null })
  const deleted = await press(db, moderator, 'delete', [post(one), topic(gone.topicId)])
  const joined = await press(db, moderator, 'merge_posts', [post(two), post(three)])
  await purgeDeleted(db, Date.now() + 29 * day)
  assert.notEqual((await postRow(db, one)).text, '')
  await purgeDeleted(db, Date.now() + 31 * day)
  for (const id of [one, gone.postId, three]) assert.deepEqual([(await postRow(db, id)).html, id], ['', id])
  assert.notEqual((await postRow(db, away.postId)).text, '', 'what was merged is not deleted')
  assert.equal((await topicRow(db, gone.topicId)).title, `#${gone.topicId}`)
  await assertSound(db)
  const { undone, missed } = await undoActs(db, moderator, { batch: deleted.batch })
  assert.deepEqual(
    [undone, missed.map(why => why.reason?.key)],
    [0, ['moderation.since_purge', 'moderation.since_erase']],
  )
  const apart = await undoActs(db, moderator, { batch: joined.batch })
  assert.equal(apart.missed[0]?.reason?.key, 'moderation.since_purge')
  assert.equal((await press(db, moderator, 'restore', [topic(gone.topicId)])).done.length, 0)
  assert.equal((await undoActs(db, moderator, { batch: merge.batch })).undone, 1)
  await assertSound(db)
})
