import assert from 'node:assert/strict'
import { claims, posts } from '../../features/claims/guests.ts'
import { assertSound } from '../../features/posts/soundness.ts'
import { cookiesOf } from '../harness/ask.ts'
import { placesOf, presses, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases('a form that a member sends fifty times makes one post', async ({ forum, atOnce }) => {
  const bea = await forum.asMember('Bea')
  const cookie = cookiesOf(bea)
  const form = { format: 'markdown', body: 'Once and no more', submission: 'a'.repeat(22) }
  const replies = await atOnce(presses(() => ({ path: '/topic/1/reply', fields: form, cookie })))
  assert.equal(winnersOf(replies, []).length, replies.length)
  const topic = { ...form, submission: 'b'.repeat(22), title: 'One topic' }
  const topics = await atOnce(presses(() => ({ path: '/forum/3/new-topic', fields: topic, cookie })))
  assert.equal(winnersOf(topics, []).length, topics.length)
  const [post, opening, ...others] = await posts(forum.db)
  assert.deepEqual(others, [])
  assert.deepEqual(placesOf(replies), [`/post/${post?.id}`])
  assert.deepEqual(placesOf(topics), [`/topic/${opening?.topic_id}-one-topic/`])
  assert.equal((await forum.db.selectFrom('topics').select('id').execute()).length, 2)
  await assertSound(forum.db)
})

raceOnBothDatabases('what a guest sends fifty times at once is one post in the end', async ({ forum, atOnce }) => {
  const address = '198.51.7.7'
  const form = { body: 'As a guest, once', format: 'markdown' }
  const answers = await atOnce(presses(() => ({ path: '/topic/1/reply', fields: form, address })))
  const kept = winnersOf(answers, [429], /20 unpublished posts are waiting already/)
  assert.equal((await claims(forum.db)).length, kept.length)
  const guest = forum.asGuest({ address })
  for (const { headers } of kept) for (const line of headers['set-cookie'] ?? []) keepIn(guest, line)
  const bea = await forum.member('Bea')
  await forum.signIn(guest, bea)
  await guest.get(placesOf(kept)[0] ?? '')
  await guest.press('Publish as Bea')
  assert.equal((await posts(forum.db)).length, 1)
  assert.deepEqual(
    (await claims(forum.db)).map(({ taken_by_id }) => taken_by_id),
    [bea.id],
  )
  assert.doesNotMatch((await guest.get('/')).text, /unpublished/)
})

function keepIn(visitor: { setCookie(name: string, value: string): void }, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  visitor.setCookie(name, value)
}
