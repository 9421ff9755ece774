import assert from 'node:assert/strict'
import { confirmPassword } from '../../../src/features/accounts/confirm-password.ts'
import { rememberBrowser } from '../../../src/features/accounts/known-browser.ts'
import type { Accounts } from '../../../src/features/accounts/new-member.ts'
import { recallMember, rememberMember } from '../../../src/features/accounts/remember.ts'
import { type SignInOrigin, signIn } from '../../../src/features/accounts/sign-in.ts'
import { signOutEverywhere } from '../../../src/features/accounts/sign-out.ts'
import { memberById } from '../../../src/features/members/index.ts'
import { Invalid, TooMany } from '../../../src/platform/errors.ts'
import { createHasher } from '../../../src/platform/passwords/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { accountsOf, addMember, goodPassword, set } from './accounts.ts'

const stranger: SignInOrigin = { address: '203.0.113.5', knownBrowser: undefined }
const right = (login: string) => ({ login, password: goodPassword })
const wrong = (login: string) => ({ login, password: 'not the right one' })

/** Wrong passwords until that is refused; how many there were. */
async function failUntilRefused(accounts: Accounts, login: (i: number) => string, from: (i: number) => SignInOrigin) {
  for (let i = 0; i < 100; i++) {
    const error = await signIn(accounts, wrong(login(i)), from(i)).catch(error => error)
    if (error instanceof TooMany) return i
    assert.ok(error instanceof Invalid)
  }
  return 100
}

onBothDatabases('a member signs in by name, its look-alikes, or e-mail', async ({ db }) => {
  const accounts = accountsOf(db)
  const { id } = await addMember(accounts, 'Nora Fields', 'nora@example.org')
  for (const login of ['Nora Fields', 'nora fields', 'NORAFIELDS', 'nora@example.org', ' NORA@Example.org ']) {
    assert.equal(await signIn(accounts, right(login), stranger), id, login)
  }
})

onBothDatabases('whoever is unknown gets the same answer as for a wrong password', async ({ db }) => {
  const accounts = accountsOf(db)
  await addMember(accounts, 'Nora Fields', 'nora@example.org')
  const answers = []
  for (const login of ['Nora Fields', 'nora@example.org', 'Nobody Here', 'nobody@example.org', '\ud800', '%']) {
    answers.push(await signIn(accounts, wrong(login), stranger).catch(error => error))
  }
  for (const error of answers) {
    assert.ok(error instanceof Invalid)
    assert.deepEqual(error.errors, { '': { key: 'accounts.sign_in_wrong' } })
  }
})

onBothDatabases(
  'too many failures close an account for strangers, known or not, from wherever they come',
  async ({ db }) => {
    const accounts = accountsOf(db)
    await addMember(accounts, 'Nora Fields')
    await set(db, { sign_in_tries_account: 4 })
    const from = (i: number) => ({ ...stranger, address: `203.0.113.${i}` })
    assert.equal(await failUntilRefused(accounts, i => (i % 2 ? 'nora fields' : 'NoraFieIds'), from), 4)
    assert.equal(await failUntilRefused(accounts, () => 'Nobody Here', from), 4)
    await assert.rejects(signIn(accounts, right('Nora Fields'), from(99)), TooMany)
  },
)

onBothDatabases('too many failures close an address, an IPv6 one with its whole /64', async ({ db }) => {
  const accounts = accountsOf(db)
  const { id } = await addMember(accounts, 'Nora Fields')
  await set(db, { sign_in_tries_address: 5 })
  const from = (i: number) => ({ ...stranger, address: `2001:db8:0:1::${i}` })
  assert.equal(await failUntilRefused(accounts, i => `somebody ${i}`, from), 5)
  await assert.rejects(signIn(accounts, right('Nora Fields'), from(77)), TooMany)
  assert.equal(await signIn(accounts, right('Nora Fields'), { ...stranger, address: '2001:db8:0:2::1' }), id)
})

onBothDatabases('signing in rightly uses no tries up', async ({ db }) => {
  const accounts = accountsOf(db)
  await addMember(accounts, 'Nora Fields')
  await set(db, { sign_in_tries_account: 3, sign_in_tries_address: 3 })
  for (let i = 0; i < 10; i++) await signIn(accounts, right('Nora Fields'), stranger)
})

onBothDatabases('tries at the same moment all count', async ({ db }) => {
  const accounts = accountsOf(db)
  await addMember(accounts, 'Nora Fields')
  await set(db, { sign_in_tries_account: 5 })
  const tries = Array.from({ length: 20 }, () => signIn(accounts, wrong('Nora Fields'), stranger))
  const outcomes = await Promise.allSettled(tries)
  const refused = outcomes.filter(outcome => outcome.status === 'rejected' && outcome.reason instanceof TooMany)
  assert.equal(refused.length, 15)
})

onBothDatabases('failures elsewhere never shut out a browser that has signed in before', async ({ db }) => {
  const accounts = accountsOf(db)
  const { id } = await addMember(accounts, 'Nora Fields')
  const other = await addMember(accounts, 'Someone Else')
  await set(db, { sign_in_tries_account: 3, sign_in_tries_address: 3 })
  const mine = { ...stranger, knownBrowser: await rememberBrowser(db, id, undefined) }
  await failUntilRefused(
    accounts,
    () => 'Nora Fields',
    () => stranger,
  )
  assert.equal(await signIn(accounts, right('Nora Fields'), mine), id)
  await assert.rejects(signIn(accounts, right(other.name), mine), TooMany)
  assert.equal(
    await failUntilRefused(
      accounts,
      () => 'Nora Fields',
      () => mine,
    ),
    3,
  )
})

onBothDatabases('a browser keeps the proof we gave it and never takes one that we did not make', async ({ db }) => {
  const accounts = accountsOf(db)
  const [one, two] = [await addMember(accounts, 'Person One'), await addMember(accounts, 'Person Two')]
  const given = await rememberBrowser(db, one.id, undefined)
  assert.equal(await rememberBrowser(db, two.id, given), given)
  const planted = 'A'.repeat(43)
  assert.notEqual(await rememberBrowser(db, one.id, planted), planted)
  assert.notEqual(await rememberBrowser(db, one.id, 'x'), 'x')
})

onBothDatabases('a hash made at another cost is made anew when the password is at hand', async ({ db }) => {
  const { id } = await addMember(accountsOf(db), 'Nora Fields')
  const stronger = { db, hasher: createHasher({ cost: 5 }) }
  await signIn(stronger, right('Nora Fields'), stranger)
  assert.match((await memberById(db, id))?.password_hash ?? '', /^\$2b\$05\$/)
  assert.equal(await signIn(stronger, right('Nora Fields'), stranger), id)
})

onBothDatabases('a remembered browser is recalled, and each token serves once', async ({ db }) => {
  const { id } = await addMember(accountsOf(db), 'Nora Fields')
  const start = Date.now()
  const first = await rememberMember(db, id, start)
  assert.equal(first.seconds, 60 * 24 * 60 * 60)
  const recalled = await recallMember(db, first.value, start + 1000)
  assert.ok(recalled.kind === 'member' && recalled.memberId === id && recalled.cookie)
  assert.notEqual(recalled.cookie.value, first.value)
  const again = await recallMember(db, recalled.cookie.value, start + 100_000)
  assert.ok(again.kind === 'member' && again.cookie)
})

onBothDatabases('tabs that open at once, and an answer that got lost, sign nobody out', async ({ db }) => {
  const { id } = await addMember(accountsOf(db), 'Nora Fields')
  const start = Date.now()
  const { value } = await rememberMember(db, id, start)
  const tabs = await Promise.all([1, 2, 3, 4].map(() => recallMember(db, value, start + 1000)))
  assert.deepEqual(tabs.map(tab => tab.kind === 'member' && tab.cookie !== null).sort(), [false, false, false, true])
  const lost = await recallMember(db, value, start + 3_600_000)
  assert.ok(lost.kind === 'member' && lost.cookie)
  assert.equal((await recallMember(db, lost.cookie.value, start + 3_700_000)).kind, 'member')
})

onBothDatabases('a token in two hands ends every session of its member', async ({ db }) => {
  const { id } = await addMember(accountsOf(db), 'Nora Fields')
  const start = Date.now()
  const stolen = await rememberMember(db, id, start)
  const elsewhere = await rememberMember(db, id, start)
  const session = { id: 's', member_id: id, data: '{}', created_at: 0, touched_at: 0, expires_at: start * 2 }
  await db.insertInto('sessions').values(session).execute()
  const owner = await recallMember(db, stolen.value, start + 1000)
  assert.ok(owner.kind === 'member' && owner.cookie)
  const next = await recallMember(db, owner.cookie.value, start + 100_000)
  assert.ok(next.kind === 'member' && next.cookie)
  assert.deepEqual(await recallMember(db, stolen.value, start + 200_000), { kind: 'stolen' })
  for (const { value } of [next.cookie, elsewhere]) {
    assert.deepEqual(await recallMember(db, value, start + 200_001), { kind: 'unknown' })
  }
  assert.deepEqual(await db.selectFrom('sessions').selectAll().execute(), [])
})

onBothDatabases('nobody can end the sessions of others with a made-up cookie', async ({ db }) => {
  const { id } = await addMember(accountsOf(db), 'Nora Fields')
  const { value } = await rememberMember(db, id)
  const made = 'A'.repeat(43)
  for (const cookie of [
    '',
    '.',
    'x.y',
    `1.${made}`,
    `${made}.${made}`,
    `${value}.x`,
    `${value.split('.')[1]}.${made}`,
  ]) {
    assert.deepEqual(await recallMember(db, cookie), { kind: 'unknown' }, cookie)
  }
  assert.equal((await recallMember(db, value)).kind, 'member')
})

onBothDatabases('a remembered sign-in runs out', async ({ db }) => {
  const { id } = await addMember(accountsOf(db), 'Nora Fields')
  await set(db, { remember_days: 2 })
  const { value } = await rememberMember(db, id)
  assert.equal((await recallMember(db, value, Date.now() + 3 * 24 * 3_600_000)).kind, 'unknown')
})

onBothDatabases('signing out everywhere ends sessions and remembered sign-ins, of this member only', async ({ db }) => {
  const accounts = accountsOf(db)
  const [one, two] = [await addMember(accounts, 'Person One'), await addMember(accounts, 'Person Two')]
  const [mine, theirs] = [await rememberMember(db, one.id), await rememberMember(db, two.id)]
  const times = { created_at: 0, touched_at: 0, expires_at: Date.now() * 2, data: '{}' }
  await db
    .insertInto('sessions')
    .values([
      { id: 'a', member_id: one.id, ...times },
      { id: 'b', member_id: two.id, ...times },
    ])
    .execute()
  await signOutEverywhere(db, one.id)
  assert.equal((await recallMember(db, mine.value)).kind, 'unknown')
  assert.equal((await recallMember(db, theirs.value)).kind, 'member')
  assert.deepEqual(
    (await db.selectFrom('sessions').select('id').execute()).map(({ id }) => id),
    ['b'],
  )
})

onBothDatabases('a member who is asked for the password again may be wrong a few times only', async ({ db }) => {
  const accounts = accountsOf(db)
  const { id } = await addMember(accounts, 'Nora Fields')
  await set(db, { sign_in_tries_account: 3 })
  const isRight = confirmPassword(accounts)
  for (let i = 0; i < 5; i++) assert.equal(await isRight(id, goodPassword), true)
  assert.equal(await isRight(id + 1, goodPassword), false)
  for (let i = 0; i < 3; i++) assert.equal(await isRight(id, 'wrong'), false)
  await assert.rejects(isRight(id, goodPassword), TooMany)
})
