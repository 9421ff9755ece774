import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import { set } from '../../features/claims/guests.ts'
import { few, impatient, presses, type Race, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

const password = 'seven walruses in the attic'

raceOnBothDatabases('a name, an address and an invitation are for one', async (race, t) => {
  await t.test('of all who register under one name at once one gets it', () => registerOneName(race))
  await t.test('an address makes one account at once, and an invitation for one another', () =>
    registerOneAddress(race),
  )
  await t.test('"Register" pressed many times at once is one account, and whoever pressed is signed in', () =>
    registerOnePerson(race),
  )
})

async function registerOneName({ forum, crowd, atOnce }: Race): Promise<void> {
  const names = ['Paula Hill', 'PauIa HiII', 'paula hill', 'P A U L A hill']
  const form = (n: number) => ({ name: names[n % 4] ?? '', email: `p${n}@example.org`, password, terms: '1' })
  const answers = await atOnce(presses(n => ({ path: '/register/', fields: form(n) }), crowd))
  assert.equal(winnersOf(answers, [422, 503], /Somebody has that display name/).length, 1)
  const winners = await forum.db.selectFrom('members').select('id').where('email', 'like', 'p%@example.org').execute()
  assert.equal(winners.length, 1)
}

async function registerOneAddress(race: Race): Promise<void> {
  const { forum, atOnce } = race
  const twins = (n: number) => ({ name: `Person ${n}`, email: 'One@example.org', password, terms: '1' })
  const answers = await atOnce(presses(n => ({ path: '/register/', fields: twins(n) }), few))
  assert.equal(winnersOf(answers, [422, 503], /There is an account with that email address/).length, 1)
  assert.equal(await countNamed(forum.db, 'Person%'), 1)

  await set(forum.db, { registration: 'invitation' })
  const admin = await forum.asAdmin()
  await admin.get('/admin/invitations')
  const made = await admin.press('Make a link', { note: 'The choir', uses: 1 })
  const secret = new URL(made.attribute('#made-link', 'value') ?? '').searchParams.get('invitation') ?? ''
  const form = (n: number) => ({ name: `Singer ${n}`, email: `s${n}@example.org`, password, terms: '1' })
  const cookie = `stoa_invitation=${secret}`
  const singers = await atOnce(presses(n => ({ path: '/register/', fields: form(n), cookie }), few))
  assert.equal(winnersOf(singers, [403, 503], /invitation/).length, 1)
  const { uses } = await forum.db.selectFrom('invitations').select('uses').executeTakeFirstOrThrow()
  assert.deepEqual([uses, await countNamed(forum.db, 'Singer%')], [1, 1])
}

async function registerOnePerson({ forum, atOnce }: Race): Promise<void> {
  const fields = { name: 'Vera Lane', email: 'vera@example.org', password, terms: '1' }
  await set(forum.db, { registration: 'open' })
  const answers = await atOnce(presses(() => ({ path: '/register/', fields }), impatient))
  const pressed = winnersOf(answers, [503])
  assert.ok(pressed.length > 0)
  for (const { headers } of pressed) assert.match(String(headers['set-cookie']), /stoa_session=/)
  assert.equal(await countNamed(forum.db, 'Vera Lane'), 1)
}

async function countNamed(db: Db, pattern: string): Promise<number> {
  return (await db.selectFrom('members').select('id').where('name', 'like', pattern).execute()).length
}
