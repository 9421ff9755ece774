import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../support/index.ts'
import { type Ask, asker, cookiesOf } from './harness/ask.ts'
import { differences, dumpOf, everything } from './harness/dump.ts'
import { actNames, type Fields, richForm, send } from './harness/forge.ts'
import { everybody, type House, publicHouse } from './harness/house.ts'
import { Routes } from './harness/routes.ts'
import { plantSecrets, type Secrets } from './harness/secrets.ts'
import { fillingsOf, pathsOf } from './harness/walk.ts'

const isLong = process.env.STOA_LONG === '1'

type Place = { readonly ask: Ask; readonly routes: Routes; readonly house: House; readonly secrets: Secrets }
type Cookies = Readonly<Record<string, string>>

forumOnBothDatabases('Nobody changes what they may not, nor by a form from elsewhere', async (forum, t) => {
  const house = await publicHouse(forum)
  const [ask, routes, visitors] = [asker(t, forum), new Routes(forum), await everybody(house)]
  // The one database answers as the other does: there a sample is enough.
  const isThorough = forum.store.kind === 'sqlite' || isLong
  const place = { ask, routes, house, secrets: await plantSecrets(house) }
  const cookies = Object.fromEntries([...visitors].map(([who, visitor]) => [who, cookiesOf(visitor)]))

  await t.test('with the cookies of an administrator, from another site', async () => {
    if (!isThorough) return
    const before = await dumpOf(forum.db, everything)
    assert.deepEqual(await letInFromElsewhere(place, cookies.Ada ?? ''), [])
    assert.deepEqual(differences(before, await dumpOf(forum.db, everything)), [])
  })

  const before = await dumpOf(forum.db)
  await t.test('who does not see it', async () => {
    const surprises: string[] = []
    const everyone = ['guest', 'Carl', 'Mia']
    const turns = isThorough ? everyone.length : everyone.length * 3
    for (const [n, who] of everyone.entries()) {
      const isTurn = (_: string, at: number) => isLong || (isThorough && who === 'Carl') || at % turns === n
      surprises.push(...(await surprisesFor(place, who, cookies, isTurn)))
    }
    assert.deepEqual(surprises, [])
  })

  await t.test('who sees it and may not', async () => {
    const { postId, topicId, forumId } = house
    for (const who of ['guest', 'Carl', 'Mia', 'Fay']) {
      for (const path of [`/post/${postId}/edit`, `/post/${postId}/delete`]) {
        assert.equal((await send(ask, path, richForm, cookies[who])).status, 403, `${path} as ${who}`)
      }
      for (const act of actNames) {
        for (const items of [{ post: [postId] }, { topic: [topicId] }] as Fields[]) {
          const { status } = await send(ask, '/moderate/', acted(act, items), cookies[who])
          assert.ok([403, 404].includes(status), `${act} as ${who}: ${status}`)
        }
      }
    }
    assert.equal((await send(ask, `/forum/${forumId}/mark-read`, {})).status, 403)
  })

  const kept = /^\+ (drafts|sessions) /
  const changes = differences(before, await dumpOf(forum.db)).filter(line => !kept.test(line))
  assert.deepEqual(changes, [])

  await t.test('and who may is let in by the same forms', async () => {
    const [hidden] = place.secrets.posts.slice(-7)
    assert.equal((await send(ask, '/moderate/', acted('unhide', { post: [hidden ?? 0] }), cookies.Ada)).status, 303)
    const row = await forum.db
      .selectFrom('posts')
      .selectAll()
      .where('id', '=', Number(hidden))
      .executeTakeFirstOrThrow()
    assert.equal(row.hidden_at, null)
  })
})

/** What browsers say of a form that another site sends, and what the oldest ones leave out. */
const elsewhere: readonly Readonly<Record<string, string>>[] = [
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
  { 'Sec-Fetch-Site': 'none' },
  { 'Sec-Fetch-Site': '' },
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { Referer: 'https://evil.example/' },
  {},
]

/** Three of them, which are others for the next. */
function someOf<T>(all: readonly T[], turn: number): T[] {
  return [0, 1, 2].flatMap(n => all[(turn * 3 + n) % all.length] ?? [])
}

/** The routes that answer a form from elsewhere, or without a word on where it comes from, with anything but a refusal. */
async function letInFromElsewhere({ ask, routes, house, secrets }: Place, cookie: string): Promise<string[]> {
  const letIn: string[] = []
  const paths = routes.of('POST').flatMap(route => pathsOf(route, fillingsOf(house, secrets)).slice(0, 1))
  assert.ok(paths.length > 70)
  for (const [n, path] of paths.entries()) {
    for (const headers of isLong ? elsewhere : someOf(elsewhere, n)) {
      const { status } = await ask(path, { method: 'POST', cookie, headers, body: 'password=seven+walruses' })
      if (status !== 403) letIn.push(`${path} ${JSON.stringify(headers)}: ${status}`)
    }
  }
  return letIn
}

/** What leads nobody to anything: the own list of mails, and secrets that open nothing. */
const harmless = /^\/(topic\/\d+\/stop-mail$|(claim|verify)\/)/
/** What asks a guest to sign in before it looks. */
const forMembers = /^\/account\/|\/(mark-read|edit|mail-replies|stop-mail|discard)$/

/** Everything hidden, by every route that changes something: where it is not refused as it has to be. */
async function surprisesFor(
  { ask, routes, house, secrets }: Place,
  who: string,
  cookies: Cookies,
  isTurn: (path: string, at: number) => boolean,
): Promise<string[]> {
  const surprises: string[] = []
  const fillings = fillingsOf(house, secrets, { onlyHidden: true })
  const hidden = routes.of('POST').filter(({ path }) => path.includes(':') || path.startsWith('/admin'))
  const paths = hidden.flatMap(route => pathsOf(route, fillings)).filter(isTurn)
  for (const path of paths.filter(path => !harmless.test(path))) {
    const { status } = await send(ask, path, richForm, cookies[who])
    const expected = who === 'guest' && forMembers.test(path) ? 403 : statusOf(path, secrets)
    if (status !== expected) surprises.push(`${path} as ${who}: ${status} and not ${expected}`)
  }
  for (const act of actNames) {
    const items = { post: secrets.posts, topic: secrets.topics, edit: [house.postId] }
    const { status } = await send(ask, '/moderate/', acted(act, items), cookies[who])
    if (status !== (who === 'guest' ? 403 : 404)) surprises.push(`${act} as ${who}: ${status}`)
  }
  const undone = await send(ask, '/modcp/undo/', { entry: [1, 2, 3, 4, 5, 6, 7, 8], return: '/' }, cookies[who])
  if (undone.status !== 404) surprises.push(`undo as ${who}: ${undone.status}`)
  return surprises
}

/** Gone where it was deleted and they may read; for the rest there is nothing. */
function statusOf(path: string, { gone }: Secrets): number {
  return gone.some(place => path.startsWith(place)) ? 410 : 404
}

function acted(act: string, items: Fields): Fields {
  return { ...richForm, act, ...items }
}
