import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TooMany } from '../../src/platform/errors.ts'
import { addressKey, limits, plainAddress, purgeLimits } from '../../src/platform/limits/index.ts'
import { migrate, openStore } from '../../src/platform/store/index.ts'
import { emptyDatabase, kinds, onBothDatabases } from '../support/index.ts'

const rule = { points: 3, seconds: 60 }

onBothDatabases('someone may do so much and is then told when to come back', async ({ db }) => {
  const { spend, peek } = limits(db)
  assert.deepEqual(await peek('sign-in', 'ann', rule), { left: 3, retryAfter: 0 })
  for (const left of [2, 1, 0]) assert.equal((await spend('sign-in', 'ann', rule)).left, left)
  await assert.rejects(spend('sign-in', 'ann', rule), (refused: unknown) => {
    assert.ok(refused instanceof TooMany)
    assert.ok(refused.retryAfter > 50 && refused.retryAfter <= 60)
    return true
  })
  assert.equal((await peek('sign-in', 'ann', rule)).left, 0)
})

onBothDatabases('what one person spent is not taken from another, nor from another act', async ({ db }) => {
  const { spend } = limits(db)
  await spend('sign-in', 'ann', rule, 3)
  await spend('sign-in', 'bob', rule, 3)
  await spend('claim', 'ann', rule, 3)
  await assert.rejects(spend('claim', 'ann', rule), TooMany)
})

onBothDatabases(
  'points come back as a reward, and all of them by a reset, but never more than were spent',
  async ({ db }) => {
    const { spend, peek, reward, reset } = limits(db)
    await spend('sign-in', 'ann', rule, 2)
    await reward('sign-in', 'ann')
    assert.equal((await peek('sign-in', 'ann', rule)).left, 2)
    await reward('sign-in', 'ann', 50)
    assert.equal((await peek('sign-in', 'ann', rule)).left, 3)
    await spend('sign-in', 'ann', rule, 3)
    await reset('sign-in', 'ann')
    assert.equal((await spend('sign-in', 'ann', rule)).left, 2)
    await reward('sign-in', 'nobody')
  },
)

onBothDatabases('twenty attempts at once count as twenty', async ({ db }) => {
  const { spend } = limits(db)
  const attempts = Array.from({ length: 20 }, () => spend('sign-in', 'ann', { points: 7, seconds: 60 }))
  const outcomes = await Promise.allSettled(attempts)
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 7)
})

onBothDatabases('a counter that ran out starts again, and is purged', async ({ db }) => {
  const { spend, peek } = limits(db)
  await spend('sign-in', 'ann', rule, 3)
  await spend('claim', 'ann', rule)
  await db
    .updateTable('rate_limits')
    .set({ expires_at: Date.now() - 1 })
    .where('key', 'like', 'sign-in%')
    .execute()
  assert.equal((await peek('sign-in', 'ann', rule)).left, 3)
  assert.equal(await purgeLimits(db), 1)
  assert.equal((await spend('sign-in', 'ann', rule)).left, 2)
  await db
    .updateTable('rate_limits')
    .set({ expires_at: Date.now() - 1 })
    .execute()
  assert.equal((await spend('sign-in', 'ann', rule)).left, 2)
})

for (const kind of kinds) {
  test(`two processes count together (${kind})`, async t => {
    const database = await emptyDatabase(t, kind)
    const [one, two] = [await openStore(database), await openStore(database)]
    t.after(() => Promise.all([one.close(), two.close()]))
    await migrate(one)
    await limits(one.db).spend('sign-in', 'ann', rule, 2)
    assert.equal((await limits(two.db).spend('sign-in', 'ann', rule)).left, 0)
    await assert.rejects(limits(one.db).spend('sign-in', 'ann', rule), TooMany)
  })
}

test('an IPv4 address counts for itself, and an IPv6 one for its household', () => {
  assert.equal(addressKey('192.0.2.7'), '192.0.2.7')
  assert.equal(addressKey('::ffff:192.0.2.7'), '192.0.2.7')
  assert.equal(addressKey('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(addressKey('2001:db8:1:2::9'), addressKey('2001:DB8:1:2:ffff::1'))
  assert.notEqual(addressKey('2001:db8:1:3::9'), addressKey('2001:db8:1:2::9'))
  assert.equal(addressKey('fe80::1%eth0'), 'fe80::/64')
})

test('an address is written in one way, and what is none stays as it is', () => {
  assert.equal(plainAddress('::FFFF:10.0.0.1'), '10.0.0.1')
  assert.equal(plainAddress('2001:0db8::0001'), '2001:db8::1')
  assert.equal(plainAddress(''), '')
  assert.equal(addressKey('somewhere'), 'somewhere')
})
