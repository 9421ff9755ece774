import assert from 'node:assert/strict'
import { accountOf, getsIn, linksTo, linkTo, registerAs } from '../../features/accounts/letters.ts'
import { cookiesOf } from '../harness/ask.ts'
import { few, presses, type Race, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

const bea = 'bea@example.org'

raceOnBothDatabases(
  'every link of a mail works once, however often it is pressed at once',
  async (race, t) => {
    await t.test('a link that sets a password, many times at once, sets one password', () => setsOnePassword(race))
    await t.test(
      'a link that proves an address, many times at once by three buttons, does one of the three things',
      () => provesOnce(race),
    )
    await t.test('a new address is confirmed once and taken back once, however often that is pressed', () =>
      changesOnce(race),
    )
  },
  { mail: true },
)

async function setsOnePassword({ forum, atOnce }: Race): Promise<void> {
  const person = await forum.member('Bea')
  await forum.asGuest().post('/recover/', { login: bea })
  const link = await linkTo(forum, bea, 'reset')
  const fresh = (n: number) => `nine herons on weir ${n}`
  const answers = await atOnce(presses(n => ({ path: link, fields: { new_password: fresh(n) } }), few))
  const [winner, ...others] = winnersOf(answers, [404, 503], /If you have just used it/)
  assert.deepEqual(others, [])
  const won = answers.indexOf(winner as (typeof answers)[0])
  assert.equal(await getsIn(forum, bea, fresh(won)), true)
  assert.equal(await getsIn(forum, bea, person.password), false)
  assert.equal((await forum.mails(bea)).filter(({ subject }) => /password .* was changed/.test(subject)).length, 1)
  assert.equal(
    (await forum.db.selectFrom('sessions').select('id').where('member_id', '=', person.id).execute()).length,
    2,
  )
}

async function provesOnce({ forum, atOnce }: Race): Promise<void> {
  const nora = forum.asGuest()
  await registerAs(nora, 'Nora', 'nora@example.org')
  const link = await linkTo(forum, 'nora@example.org', 'verify')
  const fields = { new_password: 'nine herons on the weir' }
  const ways = [
    { path: link, cookie: cookiesOf(nora) },
    { path: `${link}/not-me` },
    { path: `${link}/password`, fields },
  ]
  const answers = await atOnce(presses(n => ways[n % 3] as (typeof ways)[0], few))
  // Who comes after the owner confirmed it reads that in the owner's browser.
  const winners = winnersOf(answers, [404, 422, 503])
  assert.ok(winners.length > 0)
  const account = await accountOf(forum.db, 'Nora')
  const taken = winners.some(winner => answers.indexOf(winner) % 3 === 2)
  const freed = winners.some(winner => answers.indexOf(winner) % 3 === 1)
  assert.ok(!(taken && freed))
  assert.deepEqual(
    [account.email, account.email_verified_at !== null],
    freed ? ['', false] : ['nora@example.org', true],
  )
  assert.equal(await getsIn(forum, 'Nora', fields.new_password), taken)
  assert.equal(
    (await forum.mails('nora@example.org')).filter(({ subject }) => /password/.test(subject)).length,
    taken ? 1 : 0,
  )
}

async function changesOnce({ forum, atOnce }: Race): Promise<void> {
  const { password } = await forum.member('Carl')
  const visitor = await forum.asMember('Carl')
  await visitor.post('/account/email', { email: 'carl.new@example.org', password })
  const link = await linkTo(forum, 'carl.new@example.org', 'email-change')
  const confirmed = await atOnce(presses(() => ({ path: link, cookie: cookiesOf(visitor) }), few))
  assert.equal(winnersOf(confirmed, [404, 403]).length, 1)
  assert.equal((await accountOf(forum.db, 'Carl')).email, 'carl.new@example.org')
  const [back = '', ...others] = await linksTo(forum, 'carl@example.org', 'email-back')
  assert.deepEqual(others, [])
  const put = await atOnce(presses(() => ({ path: back }), few))
  assert.equal(winnersOf(put, [404]).length, 1)
  assert.equal((await accountOf(forum.db, 'Carl')).email, 'carl@example.org')
  assert.equal((await linksTo(forum, 'carl@example.org', 'reset')).length, 1)
}
