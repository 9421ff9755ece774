import assert from 'node:assert/strict'
import { recallMember, rememberMember } from '../../../src/features/accounts/remember.ts'
import { signOutEverywhere } from '../../../src/features/accounts/sign-out.ts'
import { onBothDatabases } from '../../support/index.ts'
import { accountsOf, addMember, set } from './accounts.ts'

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
