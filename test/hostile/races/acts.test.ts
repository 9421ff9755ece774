import assert from 'node:assert/strict'
import { assertSound } from '../../features/posts/soundness.ts'
import { makeReply, postRow, topicRow } from '../../features/posts/world.ts'
import { cookiesOf } from '../harness/ask.ts'
import { few, presses, type Race, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases('what is pressed many times at once is done once', async (race, t) => {
  await t.test('what moderators press at once is done once, and undone once', () => moderates(race))
  await t.test('following pressed at once is following once, and an own post goes once', () => followsAndDeletes(race))
})

async function moderates({ forum, atOnce }: Race): Promise<void> {
  const { db } = forum
  const staff = [cookiesOf(await forum.asAdmin()), cookiesOf(await forum.asMember('Mia', { group: 'Moderators' }))]
  const bea = await forum.member('Bea')
  const { id } = await makeReply(db, 1, bea.id, { pendingReason: 'posts.waits_first_link' })
  const press = (path: string, fields: Record<string, string>) =>
    atOnce(presses(n => ({ path, fields, cookie: staff[n % 4 < 2 ? 0 : 1] as string }), few))
  const entries = () => db.selectFrom('moderation_log').selectAll().orderBy('id').execute()
  const acted = async (act: string) => {
    winnersOf(await press('/moderate/', { act, post: String(id), reason: '' }), [])
    const row = (await entries()).at(-1)
    assert.equal(row?.act, act)
    return String(row?.id)
  }
  await acted('approve')
  assert.deepEqual(
    (await entries()).map(({ act }) => act),
    ['approve'],
  )
  assert.deepEqual([(await postRow(db, id)).position, (await topicRow(db, 1)).post_count], [2, 2])
  const hidden = await acted('hide')
  assert.equal((await entries()).length, 2)
  winnersOf(await press('/modcp/undo/', { entry: hidden }), [403, 404, 409])
  assert.deepEqual([(await postRow(db, id)).hidden_at, (await topicRow(db, 1)).post_count], [null, 2])
  assert.equal((await entries()).filter(({ undone_at }) => undone_at !== null).length, 1)
  assert.equal((await entries()).length, 2)
  await assertSound(db)
}

async function followsAndDeletes(race: Race): Promise<void> {
  const { forum, atOnce } = race
  const bea = await forum.asMember('Bea')
  const { id: memberId } = await forum.member('Bea')
  const { post_count: before } = await topicRow(forum.db, 1)
  const { id } = await makeReply(forum.db, 1, memberId)
  const cookie = cookiesOf(bea)
  const follows = () => forum.db.selectFrom('follows').selectAll().execute()
  winnersOf(await atOnce(presses(() => ({ path: '/topic/1/mail-replies', cookie }), few)), [])
  assert.equal((await follows()).length, 1)
  winnersOf(
    await atOnce(presses(() => ({ path: `/post/${id}/delete`, fields: { confirm: '1' }, cookie }), few)),
    [403, 404, 409, 410],
  )
  assert.notEqual((await postRow(forum.db, id)).deleted_at, null)
  assert.equal((await topicRow(forum.db, 1)).post_count, before)
  winnersOf(await atOnce(presses(() => ({ path: '/topic/1/stop-mail', cookie }), few)), [])
  assert.deepEqual(await follows(), [])
  await assertSound(forum.db)
}
