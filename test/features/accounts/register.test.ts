import assert from 'node:assert/strict'
import { register } from '../../../src/features/accounts/register.ts'
import { memberById, memberByLogin } from '../../../src/features/members/index.ts'
import { Forbidden, Invalid, TooMany } from '../../../src/platform/errors.ts'
import { onBothDatabases } from '../../support/index.ts'
import { accountsOf, addMember, faultsOf, goodPassword, home, set } from './accounts.ts'

const nora = { name: 'Nora Fields', email: 'nora@example.org', password: goodPassword }

onBothDatabases('whoever registers becomes a member of the members’ group', async ({ db }) => {
  const accounts = accountsOf(db)
  const id = await register(accounts, { ...nora, name: '  Nora \u00a0 Fields ', email: ' Nora@Example.org ' }, home)
  const member = await memberById(db, id)
  assert.equal(member?.name, 'Nora Fields')
  assert.equal(member?.email, 'Nora@Example.org')
  assert.match(member?.password_hash ?? '', /^\$2b\$04\$/)
  const group = await db
    .selectFrom('groups')
    .selectAll()
    .where('id', '=', member?.group_id ?? 0)
    .executeTakeFirst()
  assert.equal(group?.kind, 'members')
  assert.equal((await memberByLogin(db, 'NORA@example.ORG'))?.id, id)
})

onBothDatabases('everything that is wrong is said at once', async ({ db }) => {
  const wrong = register(accountsOf(db), { name: 'x', email: 'nowhere', password: 'short' }, home)
  await assert.rejects(wrong, error => {
    assert.ok(error instanceof Invalid)
    assert.deepEqual(faultsOf(error), {
      name: 'members.name_short',
      email: 'accounts.email_wrong',
      password: 'accounts.password_short',
    })
    return true
  })
})

onBothDatabases('a look-alike of a name, and an address in other capitals, are taken', async ({ db }) => {
  const accounts = accountsOf(db)
  await register(accounts, nora, home)
  const again = register(accounts, { name: 'n0ra-fieIds', email: 'NORA@example.org', password: goodPassword }, home)
  await assert.rejects(again, error => {
    assert.deepEqual(faultsOf(error), { name: 'accounts.name_taken', email: 'accounts.email_taken' })
    return true
  })
})

onBothDatabases('of two who register look-alikes at once one gets the name and the other is told', async ({ db }) => {
  const accounts = accountsOf(db)
  const tries = ['Paula Hill', 'PauIa HiII', 'paula hill', 'Раula Hill'.replace('Ра', 'Pa'), 'P A U L A hill'].map(
    (name, i) => register(accounts, { name, email: `p${i}@example.org`, password: goodPassword }, home),
  )
  const outcomes = await Promise.allSettled(tries)
  assert.equal(outcomes.filter(outcome => outcome.status === 'fulfilled').length, 1)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.deepEqual(faultsOf(outcome.reason), { name: 'accounts.name_taken' })
  }
})

onBothDatabases(
  'common passwords and those made of the own name, address or the forum’s name are refused',
  async ({ db }) => {
    const accounts = accountsOf(db)
    await set(db, { forum_name: 'The Porch' })
    for (const password of ['password1234', 'Nora.Fields1', 'nora@example.org', 'theporch2024', 'qwertyuiop']) {
      await assert.rejects(register(accounts, { ...nora, password }, home), error => {
        assert.deepEqual(faultsOf(error), { password: 'accounts.password_common' }, password)
        return true
      })
    }
  },
)

onBothDatabases('nobody is called like the forum', async ({ db }) => {
  await set(db, { forum_name: 'The Porch' })
  await assert.rejects(register(accountsOf(db), { ...nora, name: 'the p0rch' }, home), error => {
    assert.deepEqual(faultsOf(error), { name: 'members.name_reserved' })
    return true
  })
})

onBothDatabases('the least length of a password is the forum’s', async ({ db }) => {
  const accounts = accountsOf(db)
  await set(db, { password_min_length: 14 })
  await assert.rejects(register(accounts, { ...nora, password: 'thirteen chr!' }, home), Invalid)
  await register(accounts, { ...nora, password: 'fourteen chars' }, home)
})

onBothDatabases('a forum may take no new members', async ({ db }) => {
  await set(db, { registration: 'closed' })
  await assert.rejects(register(accountsOf(db), nora, home), Forbidden)
})

onBothDatabases('one address makes so many accounts a day, and mistakes do not count', async ({ db }) => {
  const accounts = accountsOf(db)
  await set(db, { registrations_per_address: 2 })
  const from = (address: string, i: number) =>
    register(accounts, { name: `Person ${i}`, email: `n${i}@example.org`, password: goodPassword }, { address })
  for (let i = 0; i < 3; i++) await assert.rejects(register(accounts, { ...nora, name: '?' }, home), Invalid)
  await from('2001:db8:1:2::1', 1)
  await from('2001:db8:1:2:ffff::9', 2)
  await assert.rejects(from('2001:db8:1:2:3:4:5:6', 3), error => error instanceof TooMany && error.retryAfter > 80_000)
  await from('2001:db8:1:3::1', 4)
})

onBothDatabases(
  'a name typed by a mischievous hand is stored as typed or refused, and never breaks',
  async ({ db }) => {
    const accounts = accountsOf(db)
    await set(db, { registrations_per_address: 1000 })
    const names = [
      "Robert'); DROP TABLE members;--",
      '<script>alert(1)</script>',
      '#{7*7} {{7*7}}',
      '%00%ff',
      '\\\\x00',
      'null byte\0here',
    ]
    names.push(
      '../../etc/passwd',
      "' OR 1=1 -- 1",
      'Ṱ̺̺̕o͞ ̷i̲̬',
      'ﷺﷺﷺ',
      '사회과학원',
      '﷽﷽﷽',
      '(ノಥ益ಥ）ノ ┻━┻',
      '＜script＞',
      '{"a":1}',
      '\u202etest\u202e',
    )
    for (const [i, name] of names.entries()) {
      const values = { name, email: `x${i}@example.org`, password: goodPassword }
      const id = await register(accounts, values, home).catch(error => {
        assert.ok(error instanceof Invalid, `${name}: ${error}`)
        return null
      })
      if (id !== null) assert.equal((await memberByLogin(db, name))?.id, id, name)
    }
    await addMember(accounts, 'Still here')
  },
)
