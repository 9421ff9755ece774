import assert from 'node:assert/strict'
import { claims, newcomer, posts, reply, secretOf } from '../../features/claims/guests.ts'
import { assertSound } from '../../features/posts/soundness.ts'
import { cookiesOf } from '../harness/ask.ts'
import { few, impatient, placesOf, presses, type Race, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases('a claim is published once, whoever presses however often', async (race, t) => {
  await t.test('a claim that two members publish in many tabs is one post of one of them', () => twoMembers(race))
  await t.test('"Register and publish" pressed many times at once is one account with one post', () => newcomers(race))
})

async function twoMembers(race: Race): Promise<void> {
  const { forum, crowd, atOnce } = race
  const page = await reply(forum.asGuest(), 'Whose is it?')
  const secret = secretOf(page)
  const [bea, carl] = [cookiesOf(await forum.asMember('Bea')), cookiesOf(await forum.asMember('Carl'))]
  // In pairs, so that both have tabs at both servers.
  const tabs = presses(n => ({ path: `/claim/${secret}/publish`, cookie: n % 4 < 2 ? bea : carl }), crowd)
  const answers = await atOnce(tabs)
  const winners = winnersOf(answers, [409], /This post has been taken already/)
  const [one] = winners
  const owner = one && tabs[answers.indexOf(one)]?.cookie
  assert.equal(winners.length, tabs.filter(({ cookie }) => cookie === owner).length)
  const places = placesOf(winners)
  assert.equal(places.length, 1)
  const published = await posts(forum.db)
  assert.deepEqual(
    published.map(({ id, text }) => [`/post/${id}`, text]),
    [[places[0], 'Whose is it?']],
  )
  const [claim] = await claims(forum.db)
  assert.deepEqual([claim?.taken_by_id, claim?.body], [published[0]?.member_id, ''])
  const again = await atOnce(tabs.slice(0, few))
  assert.deepEqual(
    again.map(({ status }) => status),
    answers.slice(0, few).map(({ status }) => status),
  )
  assert.equal((await posts(forum.db)).length, 1)
  await assertSound(forum.db)
}

async function newcomers(race: Race): Promise<void> {
  const { forum, atOnce } = race
  const page = await reply(forum.asGuest(), 'Mine, and once')
  const { 'Display Name': name = '', 'Email Address': email = '', Password: password = '' } = newcomer('Nora Fields')
  const form = { path: `${page.url}/register`, fields: { name, email, password, terms: '1' } }
  const answers = await atOnce(presses(() => form, impatient))
  const winners = winnersOf(
    answers,
    [409, 422, 503],
    /This post has been taken already|There is an account with that email/,
  )
  const [post, ...others] = (await posts(forum.db)).filter(({ text }) => text === 'Mine, and once')
  assert.deepEqual(others, [])
  assert.deepEqual(placesOf(winners), [`/post/${post?.id}`])
  const members = await forum.db.selectFrom('members').select('id').where('email', '=', email).execute()
  assert.deepEqual(members, [{ id: post?.member_id }])
}
