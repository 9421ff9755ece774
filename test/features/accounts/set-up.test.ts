import assert from 'node:assert/strict'
import { createAdmin } from '../../../src/features/accounts/create-admin.ts'
import { isSetupToken, setUp, setupLink } from '../../../src/features/accounts/set-up.ts'
import { hasAdministrator, loadViewer } from '../../../src/features/members/index.ts'
import { settings } from '../../../src/features/settings/index.ts'
import { Invalid, NotFound } from '../../../src/platform/errors.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { accountsOf, faultsOf, goodPassword } from './accounts.ts'

const values = {
  forum_name: 'The Porch',
  base_url: 'https://porch.example.org/',
  name: 'Admin',
  email: 'ada@example.org',
  password: goodPassword,
}
const guests = { adoptWelcome: async () => {} }

async function tokenFor(db: Db): Promise<string> {
  const link = await setupLink(db, 'http://localhost:3000')
  assert.match(link ?? '', /^http:\/\/localhost:3000\/setup\/\?token=[\w-]{43}$/)
  return new URL(link ?? '').searchParams.get('token') ?? ''
}

onBothDatabases('whoever has the link names the forum and becomes its administrator', async ({ db }) => {
  const adopted: number[] = []
  const id = await setUp(accountsOf(db), await tokenFor(db), values, {
    adoptWelcome: async (_tx, memberId) => void adopted.push(memberId),
  })
  assert.deepEqual(adopted, [id])
  const { forum_name, base_url } = await settings(db)
  assert.deepEqual({ forum_name, base_url }, { forum_name: 'The Porch', base_url: 'https://porch.example.org' })
  assert.equal((await loadViewer(db, id, '192.0.2.1')).admin, true)
  assert.equal(await setupLink(db, 'http://localhost:3000'), null)
})

onBothDatabases(
  'every start makes a link of its own, and all are worth nothing once there is an administrator',
  async ({ db }) => {
    const [one, two] = [await tokenFor(db), await tokenFor(db)]
    assert.notEqual(one, two)
    assert.equal(await isSetupToken(db, one), true)
    await setUp(accountsOf(db), two, values, guests)
    for (const token of [one, two]) {
      assert.equal(await isSetupToken(db, token), false)
      await assert.rejects(setUp(accountsOf(db), token, { ...values, name: 'Other' }, guests), NotFound)
    }
    assert.deepEqual(await db.selectFrom('one_time_secrets').selectAll().execute(), [])
  },
)

onBothDatabases('of several set-ups at once, with the same link or others, one wins', async ({ db }) => {
  const accounts = accountsOf(db)
  const [one, two] = [await tokenFor(db), await tokenFor(db)]
  const tries = [one, two, one, two].map((token, i) =>
    setUp(accounts, token, { ...values, name: `Person ${i}`, email: `p${i}@example.org` }, guests),
  )
  const outcomes = await Promise.allSettled(tries)
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof NotFound)
  assert.equal((await db.selectFrom('members').selectAll().execute()).length, 1)
})

onBothDatabases('without the link nobody sets the forum up', async ({ db }) => {
  await tokenFor(db)
  for (const token of ['', 'x', 'A'.repeat(43), undefined, ['a'], null]) {
    assert.equal(await isSetupToken(db, token), false)
    await assert.rejects(setUp(accountsOf(db), String(token), values, guests), NotFound)
  }
  const [row] = await db.selectFrom('one_time_secrets').selectAll().execute()
  assert.equal(await isSetupToken(db, row?.hash), false)
})

onBothDatabases('a link runs out after a month', async ({ db }) => {
  const token = await tokenFor(db)
  await db.updateTable('one_time_secrets').set({ expires_at: Date.now() }).execute()
  assert.equal(await isSetupToken(db, token), false)
})

onBothDatabases('a set-up that fails leaves the link as it was', async ({ db }) => {
  const accounts = accountsOf(db)
  const token = await tokenFor(db)
  for (const base_url of [
    '',
    'forum.example.org',
    'javascript:alert(1)',
    'ftp://example.org',
    'https://example.org/path',
  ]) {
    await assert.rejects(setUp(accounts, token, { ...values, base_url }, guests), error => {
      assert.deepEqual(faultsOf(error), { base_url: 'accounts.setup_address_wrong' }, base_url)
      return true
    })
  }
  await assert.rejects(setUp(accounts, token, { ...values, password: 'theporch2024' }, guests), Invalid)
  const broken = { adoptWelcome: () => Promise.reject(new Error('broken')) }
  await assert.rejects(setUp(accounts, token, values, broken), /broken/)
  assert.equal(await hasAdministrator(db), false)
  await setUp(accounts, token, values, guests)
})

onBothDatabases('an administrator can be made from the command line, also a second one', async ({ db }) => {
  const accounts = accountsOf(db)
  const first = await createAdmin(accounts, { name: 'Admin', email: 'ada@example.org', password: goodPassword })
  await createAdmin(accounts, { name: 'Grace', email: 'grace@example.org', password: goodPassword })
  assert.equal((await loadViewer(db, first, '')).admin, true)
  await assert.rejects(
    createAdmin(accounts, { name: 'GRACE', email: 'no', password: 'short' }),
    error => Object.keys(faultsOf(error)).join() === 'name,email,password',
  )
})
