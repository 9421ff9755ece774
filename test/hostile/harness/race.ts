import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { openStore } from '../../../src/platform/store/index.ts'
import { SqliteConnection } from '../../../src/platform/store/sqlite/connection.ts'
import { afterwards } from '../../support/afterwards.ts'
import { type TestForum, type TestForumOptions, testForum } from '../../support/index.ts'
import { newDatabase } from '../../support/postgres/databases.ts'
import { type Answer, type Ask, asker, ownPage } from './ask.ts'
import { type Fields, formOf } from './forge.ts'

/** How many press at the same moment where two servers are asked. */
const crowd = 50
/** The same where fewer show as much: what one server answers takes turns anyway. */
export const few = 12
/** How often one person presses before anything is answered: less often than a password may be tried. */
export const impatient = 6

const isLong = process.env.STOA_LONG === '1'

export type Press = {
  readonly path: string
  readonly fields?: Fields
  readonly cookie?: string
  /** The network address; each press has one of its own unless told. */
  readonly address?: string
}

/** A forum, and the doors to it. */
export type Race = {
  readonly forum: TestForum
  /** How many press at the same moment. */
  readonly crowd: number
  /** Sends all of it at the same moment, each over a connection of its own; the answers, in the same order. */
  atOnce(presses: readonly Press[]): Promise<Answer[]>
}

/**
 * One test for each database. On PostgreSQL two servers stand before it and the presses go to them in turn: they share the
 * database and nothing else, so what one of them remembers proves nothing.
 */
export function raceOnBothDatabases(
  name: string,
  act: (race: Race, t: TestContext) => Promise<void>,
  options: Pick<TestForumOptions, 'mail'> = {},
): void {
  test(`${name} (sqlite)`, async t => {
    const forum = await testForum(t, options)
    takeTurns(t)
    const count = isLong ? crowd : few
    await act({ forum, crowd: count, atOnce: senderTo([asker(t, forum, count)]) }, t)
  })
  test(`${name} (postgres, two servers)`, async t => {
    const forums = await twoServers(t, options)
    const atOnce = senderTo(forums.map(forum => asker(t, forum, crowd)))
    await act({ forum: forums[0], crowd, atOnce }, t)
  })
}

/**
 * SQLite answers at once, so that a request is hardly ever interrupted between two of its questions. Here it is between
 * every two: whatever may come in between, comes.
 */
function takeTurns(t: TestContext): void {
  const { executeQuery } = SqliteConnection.prototype
  t.mock.method(SqliteConnection.prototype, 'executeQuery', async function (this: SqliteConnection, query) {
    await setImmediate()
    return executeQuery.call(this, query)
  } as typeof executeQuery)
}

async function twoServers(t: TestContext, options: Pick<TestForumOptions, 'mail'>): Promise<[TestForum, TestForum]> {
  const { url, drop } = await newDatabase('furnished')
  afterwards(t, drop)
  const open = async () => {
    const store = await openStore({ kind: 'postgres', url }, { poolSize: 5 })
    afterwards(t, () => store.close())
    return store
  }
  const first = await testForum(t, { ...options, store: await open() })
  return [first, await testForum(t, { store: await open(), config: first.config, untouched: true })]
}

function senderTo(doors: readonly Ask[]): Race['atOnce'] {
  let addresses = 0
  return presses =>
    Promise.all(
      presses.map(({ path, fields = {}, cookie, address = `198.51.${++addresses >> 8}.${addresses & 255}` }, n) => {
        const ask = doors[n % doors.length] as Ask
        const headers = { ...ownPage, 'X-Forwarded-For': address }
        return ask(path, { method: 'POST', body: formOf(fields), headers, ...(cookie && { cookie }) })
      }),
    )
}

/** So many of these, by their number. */
export function presses<T>(make: (n: number) => T, count: number): T[] {
  return Array.from({ length: count }, (_, n) => make(n))
}

/** Those who were let in; each of the others was told with one of these statuses, on a page that says so. */
export function winnersOf(answers: readonly Answer[], told: readonly number[], words = /./): Answer[] {
  const winners = answers.filter(({ status }) => status === 303)
  for (const answer of answers) {
    if (winners.includes(answer)) continue
    assert.ok(told.includes(answer.status), `${answer.status}: ${answer.body.slice(0, 300)}`)
    // Too many passwords at once: that page says to try again, which is another matter.
    if (answer.status !== 503) assert.match(answer.body, words)
    else assert.ok(answer.headers['retry-after'])
  }
  return winners
}

/** Where they were all sent on to. */
export function placesOf(answers: readonly Answer[]): string[] {
  return [...new Set(answers.map(({ headers }) => String(headers.location)))]
}
