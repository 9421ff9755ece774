import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeSettings } from '../../src/features/settings/index.ts'
import { bumpRevisions, inTransaction, openStore } from '../../src/platform/store/index.ts'
import { emptyPlace, type Place } from '../commands/stoa.ts'
import { kinds } from '../support/index.ts'
import { startForum } from './process.ts'
import { furnish, send } from './writers.ts'

type Act = {
  readonly path: string
  /** So often from one address. */
  readonly most: number
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
  'a new password': { path: '/recover/', most: 15, fields: n => ({ login: `nobody${n}` }) },
  'a text of a guest': { path: '/topic/1/reply', most: 3, fields: n => ({ body: `Text ${n}`, format: 'markdown' }) },
  'a message to those who run it': {
    path: '/contact/',
    most: 5,
    fields: n => ({ name: 'Eve', email: 'eve@example.com', subject: `Message ${n}`, text: 'Dear all' }),
  },
  'a look at a long text': {
    path: '/topic/1/reply',
    most: 15,
    fields: n => ({ body: `${n} ${'word '.repeat(10_000)}`, format: 'markdown', preview: '1' }),
  },
  'a text in the other format': {
    path: '/compose/convert',
    most: 60,
    fields: n => ({ body: `${n} ${'word '.repeat(8000)}`, format: 'markdown' }),
  },
}

/** As few as the settings allow. */
async function restrict({ database }: Place): Promise<void> {
  const store = await openStore(database)
  try {
    const few = { sign_in_tries_address: 3, registrations_per_address: 1, claims_per_address: 3 }
    await inTransaction(store.db, async tx => {
      await writeSettings(tx, few)
      await bumpRevisions(tx, 'shell')
    })
  } finally {
    await store.close()
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

for (const kind of kinds) {
  test(`Nobody does more than they may by forged headers, a second process or other addresses of one household (${kind})`, async t => {
    const place = await emptyPlace(t, kind)
    await furnish(place)
    await restrict(place)
    const both = [1, 2].map(() => startForum(t, { ...place, folder: place.dataDir }))
    const urls = await Promise.all(both.map(forum => forum.listens()))
    // What the proxy adds stands last; before it, what the client says.
    const ways: readonly ((n: number) => string)[] = [
      n => `203.0.113.${n}, 198.51.100.7`,
      n => (n % 2 ? '198.51.100.8' : '::ffff:198.51.100.8'),
      n => `2001:db8::${n}, 2001:db8:1:2:${n}::${n}`,
    ]
    for (const [what, act] of Object.entries(acts)) {
      const [forged = 0, ...others] = await Promise.all(
        (act.most < 10 ? ways : ways.slice(0, 1)).map(way => letThrough(urls, act, way)),
      )
      assert.equal(forged, act.most, what)
      for (const other of others) assert.equal(other, act.most, what)
    }
    assert.deepEqual(await Promise.all(both.map(forum => forum.end())), [0, 0])
  })
}

test('Where no proxy is trusted nobody is believed who says to be elsewhere', async t => {
  const place = await emptyPlace(t, 'sqlite')
  await furnish(place)
  await restrict(place)
  const forum = startForum(t, { ...place, folder: place.dataDir, env: { TRUST_PROXY: '192.0.2.1' } })
  const url = await forum.listens()
  for (const what of ['sign-in', 'a text of a guest']) {
    const act = acts[what] as Act
    assert.equal(await letThrough([url], act, n => `203.0.113.${n}`), act.most, what)
  }
})
