import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { SqliteConnection } from '../../src/platform/store/sqlite/connection.ts'
import { set } from '../features/claims/guests.ts'
import { type TestForum, testForum } from '../support/index.ts'
import { type Answer, asker, ownPage } from './harness/ask.ts'
import { formOf } from './harness/forge.ts'

type Try = Readonly<Record<string, string>>
type Knock = (fields: Try) => Promise<Answer>

let addresses = 0

/** Sends a form from an address of its own, over a connection that stays open. */
function knocker(t: TestContext, forum: TestForum, path: string): Knock {
  const ask = asker(t, forum, 1)
  return fields => {
    const headers = { ...ownPage, 'X-Forwarded-For': `198.51.${++addresses >> 8}.${addresses & 255}` }
    return ask(path, { method: 'POST', body: formOf(fields), headers })
  }
}

function medianOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

const samples = 7
const mostRounds = 5

/**
 * How much longer one of two takes: the ratio of medians, asked in turn so that whatever else the machine does slows both
 * alike. A machine that does something else in the wrong moments can still part them, and no noise can make different work
 * look equal round after round: so the nearest of a few rounds counts, and the first that is near enough is the last.
 */
async function ratioOf(knock: Knock, one: () => Try, other: () => Try): Promise<number> {
  let nearest = Number.POSITIVE_INFINITY
  for (let round = 0; round < mostRounds && !isSimilar(nearest); round++) {
    const times: [number[], number[]] = [[], []]
    for (let n = 0; n < samples * 2; n++) {
      const fields = n % 2 === 0 ? one() : other()
      const start = performance.now()
      await knock(fields)
      times[n % 2]?.push(performance.now() - start)
    }
    const ratio = medianOf(times[0]) / medianOf(times[1])
    if (Math.abs(Math.log(ratio)) < Math.abs(Math.log(nearest))) nearest = ratio
  }
  return nearest
}

function isSimilar(ratio: number): boolean {
  return ratio > 0.5 && ratio < 2
}

/** The password is worth looking for at the cost that tests do not have elsewhere: there the rest of the work hides it. */
const cost = { config: { bcryptCost: 9 } }

test('whether a name or an address is a member’s takes no time to tell at sign-in, and says nothing', async t => {
  const forum = await testForum(t, cost)
  await set(forum.db, { sign_in_tries_account: 1000, sign_in_tries_address: 10_000 })
  const bea = await forum.member('Bea')
  // The tests' own members have hashes of another cost; whoever signs in gets one of this.
  await forum.signIn(forum.asGuest(), bea)
  const knock = knocker(t, forum, '/login/')
  const wrong = (login: string) => ({ login, password: 'not the right one' })
  for (const [known, unknown] of [
    ['Bea', 'Boa'],
    ['bea@example.org', 'boa@example.org'],
  ] as const) {
    const answers = [await knock(wrong(known)), await knock(wrong(unknown))]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [422, 422],
    )
    assert.equal(answers[0]?.body.replaceAll(known, unknown), answers[1]?.body)
    const ratio = await ratioOf(
      knock,
      () => wrong(known),
      () => wrong(unknown),
    )
    assert.ok(isSimilar(ratio), `${known} takes ${ratio} times what ${unknown} takes`)
  }
})

test('which name belongs to which address takes no time to tell at registration, and says nothing', async t => {
  const forum = await testForum(t, cost)
  await set(forum.db, { sign_in_tries_account: 1000, sign_in_tries_address: 10_000 })
  for (const name of ['Bea', 'Cal']) await forum.signIn(forum.asGuest(), await forum.member(name))
  const knock = knocker(t, forum, '/register/')
  const as = (email: string) => () => ({ name: 'Bea', email, password: 'a guess that nobody made', terms: '1' })
  const [hers, his] = [as('bea@example.org'), as('cal@example.org')]
  const answers = [await knock(hers()), await knock(his())]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [422, 422],
  )
  assert.match(answers[0]?.body ?? '', /There is an account with that email address already/)
  assert.equal(answers[0]?.body.replaceAll('bea@', 'cal@'), answers[1]?.body)
  const ratio = await ratioOf(knock, hers, his)
  assert.ok(isSimilar(ratio), `her own address takes ${ratio} times what another one takes`)
})

test('whoever asks for a new password learns nothing from the answer, its time or the work done for it', async t => {
  const forum = await testForum(t, { config: { smtpUrl: await silentMailServer(t) } })
  await forum.member('Bea')
  const knock = knocker(t, forum, '/recover/')
  const asked = listen(t)
  const work = async (login: string) => {
    asked.length = 0
    const { status, headers, body } = await knock({ login })
    const { date: _date, ...others } = headers
    return JSON.stringify([status, others, body, asked])
  }
  await knock({ login: 'somebody@example.org' })
  const [known, unknown] = [await work('bea@example.org'), await work('boa@example.org')]
  assert.equal(known, unknown)
  assert.match(known, /insert into ."jobs/)
  assert.equal(await work('Bea'), await work('Boa'))
  const strangers = (name: string) => () => ({ login: `${name}@example.org` })
  const ratio = await ratioOf(again(forum, knock), strangers('bea'), strangers('boa'))
  assert.ok(isSimilar(ratio), `a known address takes ${ratio} times what an unknown one takes`)
})

/** One may ask three times in an hour only. */
function again(forum: TestForum, knock: Knock): Knock {
  return async fields => {
    await forum.db.deleteFrom('rate_limits').where('key', 'like', '%recover%').execute()
    return knock(fields)
  }
}

/** Takes what is said and says nothing: whoever waits for it waits for long. */
async function silentMailServer(t: TestContext): Promise<string> {
  const server = createServer(socket => void t.after(() => socket.destroy()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`
}

/** From now on: what the database is asked, in its own words. */
function listen(t: TestContext): string[] {
  const asked: string[] = []
  const asIs = SqliteConnection.prototype.ask as (...given: unknown[]) => unknown
  t.mock.method(SqliteConnection.prototype, 'ask', function (this: unknown, ...given: unknown[]) {
    asked.push(String(given[0]))
    return asIs.apply(this, given)
  } as never)
  return asked
}
