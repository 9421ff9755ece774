import assert from 'node:assert/strict'
import { writeSettings } from '../../src/features/settings/index.ts'
import { inTransaction } from '../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum } from '../support/index.ts'
import { type Answer, asker, cookiesOf, ownPage } from './harness/ask.ts'
import { type Fields, formOf, richForm, send } from './harness/forge.ts'
import { everybody, publicHouse } from './harness/house.ts'
import { forgetLimits, type Room } from './harness/rounds.ts'
import { Routes } from './harness/routes.ts'
import { redirectShapes } from './harness/shapes.ts'
import { unsafeIn } from './harness/unsafe.ts'

const isLong = process.env.STOA_LONG === '1'

/** What no form of ours asks for, and other software has believed. */
const believed: Fields = {
  ...{ role: 'administrator', id: '1', author_id: '1', member_id: '1', user_id: '1', group_id: '5', groupId: '5' },
  ...{ standing: '1000', verified: '1', email_verified_at: '1', admin: '1', is_admin: '1', post_count: '9999' },
  ...{ pending_at: '', held: '', created_at: '1', position: '1', views: '9999', pinned_at: '1', recommended_at: '1' },
  ...{ constructor: 'x', prototype: 'x', hasOwnProperty: 'x', toString: 'x', 'constructor[prototype][admin]': '1' },
  ...{ '__proto__[admin]': '1', 'member[group_id]': '5', 'values.admin': '1' },
}
/** An object cannot be written with it. */
const proto = '&__proto__=x&__proto__.admin=1'

/** What takes the own account away, which nobody would notice the rest with. */
const lastDeeds = /^\/(logout|account\/(delete|sign-out-everywhere|sessions\/end(-others)?|password|email)|setup)$/
/** What ends the session of a member as well: somebody is signed in anew. */
const anotherMember = new RegExp(`${lastDeeds.source}|^/(login|register)$`)

forumOnBothDatabases('No form takes more than it asks for, in whatever shape it comes', async (forum, t) => {
  const house = await publicHouse(forum)
  await inTransaction(forum.db, tx =>
    writeSettings(tx, { smtp_url: '', posts_per_hour: 10_000, claims_per_address: 10_000 }),
  )
  const visitors = await everybody(house)
  const room: Room = { ask: asker(t, forum), routes: new Routes(forum), house, visitors }
  const cookieOf = (who: string) => cookiesOf(visitors.get(who) ?? forum.asGuest())

  await t.test('who they are, and what is theirs, is not a field', async () => {
    const before = await standing(forum)
    for (const who of ['guest', 'Bea']) {
      await forgetLimits(forum)
      for (const path of postPaths(room, who)) {
        const body =
          formOf({ ...richForm, ...believed, name: `Believer ${who}`, email: `${who}@believed.example` }) + proto
        const { status } = await room.ask(path, { method: 'POST', body, headers: ownPage, cookie: cookieOf(who) })
        assert.ok(status < 500, `${path} as ${who}: ${status}`)
      }
    }
    const { members, others, posts } = await standing(forum)
    assert.deepEqual(members.slice(0, before.members.length), before.members)
    const believers = members.slice(before.members.length)
    assert.ok(believers.length > 0)
    for (const { group_id, email_verified_at, pending_at } of believers) {
      assert.deepEqual([group_id, email_verified_at, pending_at], [2, null, null])
    }
    assert.deepEqual(others, before.others)
    const written = posts.slice(before.posts.length)
    assert.ok(written.length >= 2)
    for (const post of written) {
      assert.ok([house.people.Bea.id, ...believers.map(({ id }) => id)].includes(post.member_id ?? 0))
      assert.ok(post.created_at > 1_000_000 && post.recommended_at === null)
    }
    assert.equal(
      (await forum.db.selectFrom('topics').select('id').where('pinned_at', 'is not', null).execute()).length,
      0,
    )
    assert.equal(({} as Record<string, unknown>).admin, undefined)
  })

  await t.test('what is no text, no number and no page', async () => {
    for (const who of isLong ? ['guest', 'Ada'] : ['Ada']) {
      await forgetLimits(forum)
      await sendOddities(room, cookieOf(who), who)
    }
  })

  if (forum.store.kind !== 'sqlite') return

  await t.test('more than anybody types', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `f${n}=x`).join('&')
    const same = Array.from({ length: 10_000 }, () => 'post=1').join('&')
    for (const path of ['/login/', '/moderate/', `/topic/${house.topicId}/reply`, '/admin/settings/general']) {
      for (const body of [many, same]) {
        const { status } = await room.ask(path, { method: 'POST', body, headers: ownPage, cookie: cookieOf('Ada') })
        assert.equal(status, 413, path)
      }
      const huge = room.ask(path, { method: 'POST', body: `body=${'x'.repeat(10_000_000)}`, headers: ownPage })
      assert.equal(await huge.then(({ status }) => status, refusedMidway), 413, path)
    }
  })

  await t.test('nobody is led elsewhere, nor anything into a header', async () => {
    assert.deepEqual(await ledAstray(room, forum, cookieOf), [])
  })
})

/** Who had sent all that may close the door before having read it all. */
function refusedMidway(error: NodeJS.ErrnoException): number {
  return ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? 413 : 0
}

/** Every route that changes something, about what is public. */
function postPaths({ routes, house }: Room, who: string): string[] {
  const { topicId, postId, forumId, people } = house
  const leave = who === 'guest' ? lastDeeds : anotherMember
  const ids: Readonly<Record<string, number>> = { '/topic/': topicId, '/post/': postId, '/forum/': forumId }
  return routes
    .of('POST')
    .filter(({ path }) => !leave.test(path))
    .map(({ path }) =>
      path
        .replace(/^(.*?\/):id/, (_, before: string) => `${before}${ids[before] ?? people.Mia.id}`)
        .replace(
          /:(secret|group|name|what)/,
          (_, name: string) => ({ group: 'reading', name: 'terms' })[name] ?? 's'.repeat(43),
        ),
    )
}

/** What a form could give somebody. */
async function standing({ db }: TestForum) {
  const columns = ['id', 'name', 'email', 'group_id', 'email_verified_at', 'pending_at', 'joined_at'] as const
  return {
    members: await db.selectFrom('members').select(columns).orderBy('id').execute(),
    posts: await db
      .selectFrom('posts')
      .select(['id', 'member_id', 'created_at', 'recommended_at'])
      .orderBy('id')
      .execute(),
    others: [
      await db.selectFrom('groups').selectAll().orderBy('id').execute(),
      await db.selectFrom('moderators').selectAll().orderBy('id').execute(),
      await db.selectFrom('permissions').selectAll().orderBy('forum_id').orderBy('group_id').orderBy('verb').execute(),
      await db.selectFrom('settings').selectAll().orderBy('key').execute(),
    ],
  }
}

const oddIds = [
  '0',
  '-1',
  '1.5',
  '1e3',
  '0x1',
  '99999999999',
  '%ff',
  '%00',
  '..%2f..',
  '__proto__',
  'constructor',
  '%ed%a0%80',
]
const oddQueries = [
  '=',
  '=%ed%a0%80',
  '=%ff%fe',
  '=%00',
  '=1&{}=2',
  '[]=1',
  '[__proto__]=1',
  '=99999999999999999999',
  '=%27%3b--',
  '=-1',
]
const oddTexts = ['%00', 'a%00b', '%ED%A0%80x', 'x%ED%B0%80', '%ff%fe', '%EF%BF%BF', '%F4%90%80%80', '%', '%zz']

/** So many of them, others for each that asks, unless all are wanted. */
function some<T>(list: readonly T[], count: number, turn: number): readonly T[] {
  return isLong ? list : Array.from({ length: count }, (_, n) => list[(turn * count + n) % list.length] as T)
}

async function sendOddities(room: Room, cookie: string, who: string): Promise<void> {
  const { ask, routes, house } = room
  const faults: string[] = []
  const note = (path: string, { status }: Answer) => status >= 500 && faults.push(`${path} as ${who}: ${status}`)
  for (const [turn, { path }] of routes.of('GET').entries()) {
    if (!path.includes(':')) continue
    for (const odd of some(oddIds, 1, turn)) {
      const asked = path.replaceAll(/:\w+/g, odd)
      note(asked, await ask(asked, { cookie }))
    }
  }
  const known: Readonly<Record<string, string>> = {
    '/topic/:id': `/topic/${house.topicId}-a-topic-for-everybody/`,
    '/forum/:id': `/forum/${house.forumId}-forum-1/`,
  }
  const pages = routes.of('GET').map(({ path }) => known[path] ?? path)
  for (const [turn, path] of pages.filter(path => !path.includes(':')).entries()) {
    note(path, await ask(path, { cookie }))
    for (const name of routes.readAt('GET', path)) {
      for (const odd of some(oddQueries, 1, turn)) {
        const asked = `${path}?${name}${odd.replace('{}', name)}`
        note(asked, await ask(asked, { cookie }))
      }
    }
  }
  for (const [turn, path] of postPaths(room, who).entries()) {
    for (const odd of some(oddTexts, 1, turn)) {
      const body = Object.keys(richForm).map(name => `${name}=${odd}`)
      note(`${path} ${odd}`, await ask(path, { method: 'POST', body: body.join('&'), headers: ownPage, cookie }))
    }
  }
  assert.deepEqual(faults, [])
}

type Way = { readonly who: string; readonly method: 'GET' | 'POST'; readonly path: string }
const probe = '/help/markdown/?probe'

/** Where a path to come back to led anywhere but on this site, or stood on a page as it was. */
async function ledAstray(room: Room, forum: TestForum, cookieOf: (who: string) => string): Promise<string[]> {
  const { ask, house } = room
  let asked = 0
  const go = ({ method, path, who }: Way, to: string) => {
    const back = { return: to, back: to }
    if (method === 'GET') return ask(`${path}?${formOf(back)}`, { cookie: cookieOf(who) })
    const person = { name: `Led ${++asked}`, email: `led${asked}@example.org` }
    const fields = { ...richForm, ...person, act: 'lock', topic: `${house.topicId}`, theme: 'dark', ...back }
    return send(ask, path, fields, cookieOf(who))
  }
  const ways = (await Promise.all(['guest', 'Ada'].map(who => waysBack(room, who, go)))).flat()
  assert.ok(ways.length >= 10, JSON.stringify(ways))
  const astray: string[] = []
  for (const [turn, way] of ways.entries()) {
    await forgetLimits(forum)
    for (const shape of some(redirectShapes, 5, turn)) {
      if (way.method === 'GET' && shape.includes('\0')) continue
      const wrong = wrongIn(await go(way, shape), forum.url)
      astray.push(...wrong.map(what => `${way.method} ${way.path} with ${JSON.stringify(shape)} as ${way.who} ${what}`))
    }
  }
  return astray
}

/** Where a path that is ours is followed, or offered. */
async function waysBack(room: Room, who: string, go: (way: Way, to: string) => Promise<Answer>): Promise<Way[]> {
  const gets = room.routes.of('GET').filter(({ path }) => !path.includes(':'))
  const all: Way[] = [
    ...gets.map(({ path }) => ({ who, method: 'GET' as const, path })),
    ...postPaths(room, who).map(path => ({ who, method: 'POST' as const, path })),
  ]
  const leads: Way[] = []
  for (const way of all) {
    const { headers, body } = await go(way, probe)
    if (headers.location === probe || body.includes(`"${probe}"`)) leads.push(way)
  }
  return leads
}

function wrongIn({ status, headers, body }: Answer, url: string): string[] {
  const wrong = status >= 500 || 'x-injected' in headers ? [`answers ${status}`] : []
  const to = headers.location
  if (to !== undefined && (new URL(to, url).origin !== url || /[^\x21-\x7e]/.test(to))) wrong.push(`leads to ${to}`)
  for (const [, leads = ''] of body.matchAll(/(?:href|action|value)="([^"]*)"/g)) {
    if (/^[/\\\s]{2,}|^[a-z]+:\/*evil/i.test(leads)) wrong.push(`shows ${leads}`)
  }
  return [...wrong, ...unsafeIn(body).map(found => `shows ${found}`)]
}
