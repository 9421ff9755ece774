import assert from 'node:assert/strict'
import { bumpRevisions, inTransaction } from '../../../src/platform/store/index.ts'
import { claims, posts } from '../../features/claims/guests.ts'
import { assertSound } from '../../features/posts/soundness.ts'
import { cookiesOf } from '../harness/ask.ts'
import { few, placesOf, presses, type Race, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases('whoever sends a form many times at once, it makes one post', async (race, t) => {
  await t.test('a form that a member sends many times at once makes one post', () => asMember(race))
  await t.test('what a guest sends many times at once is one post in the end', () => asAGuest(race))
  await t.test('what a guest sends under a name at once is one post, which the first can take over', () =>
    asANamedGuest(race),
  )
})

async function asMember({ forum, crowd, atOnce }: Race): Promise<void> {
  const bea = await forum.asMember('Bea')
  const cookie = cookiesOf(bea)
  const form = { format: 'markdown', body: 'Once and no more', submission: 'a'.repeat(22) }
  const replies = await atOnce(presses(() => ({ path: '/topic/1/reply', fields: form, cookie }), crowd))
  assert.equal(winnersOf(replies, []).length, replies.length)
  const topic = { ...form, submission: 'b'.repeat(22), title: 'One topic' }
  const topics = await atOnce(presses(() => ({ path: '/forum/3/new-topic', fields: topic, cookie }), few))
  assert.equal(winnersOf(topics, []).length, topics.length)
  const [post, opening, ...others] = await posts(forum.db)
  assert.deepEqual(others, [])
  assert.deepEqual(placesOf(replies), [`/post/${post?.id}`])
  assert.deepEqual(placesOf(topics), [`/topic/${opening?.topic_id}-one-topic/`])
  assert.equal((await forum.db.selectFrom('topics').select('id').execute()).length, 2)
  await assertSound(forum.db)
}

async function asAGuest({ forum, crowd, atOnce }: Race): Promise<void> {
  const address = '198.51.7.7'
  const form = { body: 'As a guest, once', format: 'markdown' }
  const answers = await atOnce(presses(() => ({ path: '/topic/1/reply', fields: form, address }), crowd))
  const kept = winnersOf(answers, [429], /20 unpublished posts are waiting already/)
  assert.equal((await claims(forum.db)).length, kept.length)
  const guest = forum.asGuest({ address })
  for (const { headers } of kept) for (const line of headers['set-cookie'] ?? []) keepIn(guest, line)
  const bea = await forum.member('Bea')
  await forum.signIn(guest, bea)
  await guest.get(placesOf(kept)[0] ?? '')
  await guest.press('Publish as Bea')
  const written = (await posts(forum.db)).filter(({ text }) => text === form.body)
  assert.deepEqual(
    written.map(({ member_id }) => member_id),
    [bea.id],
  )
  assert.deepEqual(
    (await claims(forum.db)).map(({ taken_by_id }) => taken_by_id),
    [bea.id],
  )
  assert.doesNotMatch((await guest.get('/')).text, /unpublished/)
}

async function asANamedGuest({ forum, atOnce }: Race): Promise<void> {
  const { db } = forum
  await db.updateTable('groups').set({ guest_posting: 'named' }).where('kind', '=', 'guests').execute()
  await inTransaction(db, tx => bumpRevisions(tx, 'shell', 'permissions'))
  const address = '198.51.7.9'
  const form = { body: 'Under a name, once', format: 'markdown', guest_name: 'Passer By' }
  const answers = await atOnce(presses(() => ({ path: '/topic/1/reply', fields: form, address }), few))
  const sent = winnersOf(answers, [])
  assert.equal(sent.length, few)
  assert.equal((await posts(db)).filter(({ text }) => text === form.body).length, 1)
  // Only the browser that sent it first can take it over.
  assert.equal(sent.filter(({ headers }) => /stoa_claims/.test(String(headers['set-cookie']))).length, 1)
  await atOnce([{ path: '/topic/1/reply', fields: form, address: '198.51.7.10' }])
  assert.equal((await posts(db)).filter(({ text }) => text === form.body).length, 2)
}

function keepIn(visitor: { setCookie(name: string, value: string): void }, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  visitor.setCookie(name, value)
}
