import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeSettings } from '../../src/features/settings/index.ts'
import { addressKey, limits, type Rule } from '../../src/platform/limits/index.ts'
import { bumpRevisions, inTransaction, type Store } from '../../src/platform/store/index.ts'
import { emptyPlace, openAt } from '../commands/stoa.ts'
import { kinds, testForum } from '../support/index.ts'
import { startForum } from './process.ts'
import { furnish, send } from './writers.ts'

type Spent = { readonly name: string; readonly rule: Rule; readonly points: number }

type Act = {
  readonly path: string
  /** So often from one address. */
  readonly most: number
  /** What was spent on it from each address before; what is left is enough for that. */
  readonly spent?: Spent
  fields(n: number): Record<string, string>
}

let people = 0

function somebody(): Record<'name' | 'email' | 'terms', string> {
  people++
  return { name: `Newcomer ${people}`, email: `nobody${people}@example.org`, terms: '1' }
}

/** Whatever somebody may do only so often from one address, before it is known who they are. */
const acts: Readonly<Record<string, Act>> = {
  'sign-in': { path: '/login/', most: 3, fields: n => ({ login: `nobody${n}`, password: 'not this one' }) },
  registration: {
    path: '/register/',
    most: 1,
    fields: () => ({ ...somebody(), password: 'seven walruses in the attic' }),
  },
  'a new password': {
    path: '/recover/',
    most: 2,
    spent: { name: 'recover_address', rule: { points: 15, seconds: 3600 }, points: 13 },
    fields: n => ({ login: `nobody${n}` }),
  },
  'a text of a guest': { path: '/topic/1/reply', most: 3, fields: n => ({ body: `Text ${n}`, format: 'markdown' }) },
  'a message to those who run it': {
    path: '/contact/',
    most: 5,
    fields: n => ({ name: 'Eve', email: 'eve@example.com', subject: `Message ${n}`, text: 'Dear all' }),
  },
  'a look at a long text': {
    path: '/topic/1/reply',
    most: 2,
    spent: { name: 'compose', rule: { points: 60, seconds: 60 }, points: 52 },
    fields: n => ({ body: `${n} ${'word '.repeat(10_000)}`, format: 'markdown', preview: '1' }),
  },
  'a text in the other format': {
    path: '/compose/convert',
    most: 2,
    spent: { name: 'convert', rule: { points: 240, seconds: 60 }, points: 200 },
    fields: n => ({ body: `${n} ${'word '.repeat(8000)}`, format: 'markdown' }),
  },
}

/** As few as the settings allow. */
async function restrict({ db }: Store): Promise<void> {
  const few = { sign_in_tries_address: 3, registrations_per_address: 1, claims_per_address: 3 }
  await inTransaction(db, async tx => {
    await writeSettings(tx, few)
    await bumpRevisions(tx, 'shell')
  })
}

/** Almost as much as these may, where no setting makes that little. */
async function wear({ db }: Store, addresses: readonly string[]): Promise<void> {
  for (const { name, rule, points } of Object.values(acts).flatMap(({ spent }) => spent ?? [])) {
    for (const address of addresses) await limits(db).spend(name, addressKey(address), rule, points)
  }
}

/** How often it is let through, at one process and the other by turns, by who says to be elsewhere each time. */
async function letThrough(urls: readonly string[], act: Act, from: (n: number) => string): Promise<number> {
  for (let n = 0; n <= act.most; n++) {
    const headers = { 'x-forwarded-for': from(n), 'x-real-ip': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` }
    const { status, headers: said } = await send(urls[n % urls.length] ?? '', act.path, act.fields(n), headers)
    if (status === 429) {
      assert.ok(Number(said['retry-after'] ?? 1) > 0)
      return n
    }
    assert.ok(status < 500, `${act.path}: ${status}`)
  }
  return Number.POSITIVE_INFINITY
}

// What the proxy adds stands last; before it, what the client says.
const ways: readonly ((n: number) => string)[] = [
  n => `203.0.113.${n}, 198.51.100.7`,
  n => (n % 2 ? '198.51.100.8' : '::ffff:198.51.100.8'),
  n => `2001:db8::${n}, 2001:db8:1:2:${n}::${n}`,
]

for (const kind of kinds) {
  test(`Nobody does more than they may by forged headers, a second process or other addresses of one household (${kind})`, async t => {
    const place = await emptyPlace(t, kind)
    await furnish(place)
    const store = await openAt(t, place)
    await restrict(store)
    await wear(store, ['198.51.100.7', '198.51.100.8', '2001:db8:1:2::'])
    const both = [1, 2].map(() => startForum(t, { ...place, folder: place.dataDir }))
    const urls = await Promise.all(both.map(forum => forum.listens()))
    for (const [what, act] of Object.entries(acts)) {
      const through = await Promise.all(ways.map(way => letThrough(urls, act, way)))
      assert.deepEqual(through, [act.most, act.most, act.most], what)
    }
    assert.deepEqual(await Promise.all(both.map(forum => forum.end())), [0, 0])
  })
}

test('Where no proxy is trusted nobody is believed who says to be elsewhere', async t => {
  const forum = await testForum(t, { config: { trustProxy: '192.0.2.1' } })
  await restrict(forum.store)
  for (const what of ['sign-in', 'a text of a guest']) {
    const act = acts[what] as Act
    assert.equal(await letThrough([forum.url], act, n => `203.0.113.${n}`), act.most, what)
  }
})
