import assert from 'node:assert/strict'
import { confirmPassword } from '../../../src/features/accounts/confirm-password.ts'
import { rememberBrowser } from '../../../src/features/accounts/known-browser.ts'
import type { Accounts } from '../../../src/features/accounts/new-member.ts'
import { changePassword } from '../../../src/features/accounts/recover/change-password.ts'
import { replacePassword } from '../../../src/features/accounts/recover/replace-password.ts'
import { type SignInOrigin, signIn } from '../../../src/features/accounts/sign-in.ts'
import { memberById } from '../../../src/features/members/index.ts'
import { Invalid, TooMany } from '../../../src/platform/errors.ts'
import { createHasher } from '../../../src/platform/passwords/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
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

onBothDatabases('a password that is changed while it is checked opens nothing any more', async ({ db }) => {
  const accounts = accountsOf(db)
  const { id } = await addMember(accounts, 'Nora Fields', 'nora@example.org')
  const another = await accounts.hasher.hashPassword('nine herons on the weir')
  const slow: Accounts['hasher'] = {
    ...accounts.hasher,
    async verifyPassword(...checked) {
      const isRight = await accounts.hasher.verifyPassword(...checked)
      if (isRight) await inTransaction(db, tx => replacePassword(tx, id, another))
      return isRight
    },
  }
  await assert.rejects(signIn({ db, hasher: slow }, right('Nora Fields'), stranger), Invalid)

  const { id: ann } = await addMember(accounts, 'Ann', 'ann@example.org')
  const meanwhile: Accounts['hasher'] = {
    ...accounts.hasher,
    needsRehash: () => true,
    async hashPassword(password) {
      const hash = await accounts.hasher.hashPassword(password)
      await inTransaction(db, tx => replacePassword(tx, ann, another))
      return hash
    },
  }
  await signIn({ db, hasher: meanwhile }, right('Ann'), stranger)
  assert.equal((await memberById(db, ann))?.password_hash, another, 'the old password does not come back')
  const { id: bob } = await addMember(accounts, 'Bob', 'bob@example.org')
  const shut: Accounts['hasher'] = {
    ...meanwhile,
    async hashPassword(password) {
      const hash = await accounts.hasher.hashPassword(password)
      await inTransaction(db, tx => replacePassword(tx, bob, another))
      return hash
    },
  }
  const change = { password: goodPassword, new_password: 'eleven otters under ice' }
  await assert.rejects(changePassword({ db, hasher: shut }, bob, change), Invalid)
  assert.equal((await memberById(db, bob))?.password_hash, another)
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
