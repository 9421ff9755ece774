import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Settings, writeSettings } from '../../src/features/settings/index.ts'
import { inTransaction } from '../../src/platform/store/index.ts'
import { forumOnBothDatabases, openPage, type TestForum, untilTrue } from '../support/index.ts'
import { asker, cookiesOf } from './harness/ask.ts'
import { everybody, publicHouse } from './harness/house.ts'
import { fillIn, forgetLimits, formsMet, isFor, type Met, open, pagesOf, type Room } from './harness/rounds.ts'
import { Routes } from './harness/routes.ts'
import { alarm, hostile, naughty } from './harness/strings.ts'
import { unsafeIn } from './harness/unsafe.ts'

const isLong = process.env.STOA_LONG === '1'
const strings = [...hostile, ...naughty(isLong)]
const rules: Partial<Settings> = {
  posts_per_hour: 10_000,
  claims_per_address: 10_000,
  first_posts_approval: 0,
} as object

test('What would run on a page is noticed', () => {
  const inert = /^(javascript:|\[a\]|<%)/
  for (const text of hostile) {
    const pages = inert.test(text)
      ? [`<a href="${text.replaceAll('"', '')}">x</a>`]
      : [`<p>${text}</p>`, `<input value="${text}"><textarea>${text}</textarea>`]
    assert.ok(pages.some(page => unsafeIn(page).length > 0) || text.startsWith('[') || text.startsWith('<%'), text)
  }
  assert.deepEqual(
    unsafeIn('<p class="x"><a href="https://example.org/">x</a><svg class="icon"><use href="/a#b"></use></svg>'),
    [],
  )
})

forumOnBothDatabases(
  'Whatever is typed into whichever field is text or refused',
  async (forum, t) => {
    const house = await publicHouse(forum)
    await inTransaction(forum.db, tx => writeSettings(tx, { ...rules, smtp_url: '' }))
    const room: Room = { ask: asker(t, forum), routes: new Routes(forum), house, visitors: await everybody(house) }
    const claim = await room.visitors
      .get('guest')
      ?.post(`/topic/${house.topicId}/reply`, { body: 'Kept', format: 'markdown' })
    const forms = await formsMet(room, ['guest', 'Bea', 'Ada'], [claim?.url ?? '', `${claim?.url}/edit`])
    assert.ok(forms.length > 45)

    const rounds = roundsOn(forum)
    const faults: string[] = []
    const unsafe = new Set<string>()
    const look = (what: string, { status, body }: { status: number; body: string }, options = {}) => {
      if (status >= 500) faults.push(`${what}: ${status}`)
      for (const found of unsafeIn(body, options)) unsafe.add(`${found} at ${what}`)
    }
    for (const round of rounds) {
      await forgetLimits(forum)
      for (const [n, form] of forms.entries()) {
        // The one database answers as the other does: there a sample is enough.
        if (!isLong && forum.store.kind !== 'sqlite' && n % 3 !== 0) continue
        const answer = await fillIn(room, form, typing(form, round, n), { format: round % 2 ? 'markdown' : 'html' })
        look(`${form.action} in round ${round} as ${form.who}`, answer)
      }
    }
    for (const path of await pagesWithIt(room, forum)) {
      for (const who of isLong ? ['guest', 'Bea', 'Ada'] : rounds.length > 1 ? ['guest', 'Ada'] : []) {
        if (!isFor(who, path)) continue
        const visitor = room.visitors.get(who)
        look(`${path} as ${who}`, await open(room.ask, path, visitor ? cookiesOf(visitor) : ''))
      }
    }
    for (const mail of await forum.mails())
      look(`a mail to ${mail.to}`, { status: 200, body: mail.html }, { styled: true })
    assert.deepEqual([faults, [...unsafe]], [[], []])
    if (forum.store.kind !== 'sqlite') return
    const forumPage = await open(room.ask, `/forum/${house.forumId}/`, '')
    assert.match(forumPage.body, /on(error|load)=zqx/)
    await nothingRuns(t, forum, room)
  },
  { mail: true },
)

/** Which strings take their turn: all, or what stands for them, on one of the databases at least. */
function roundsOn({ store }: TestForum): readonly number[] {
  if (isLong) return strings.map((_, n) => n)
  return store.kind === 'sqlite' ? [0, 2, 3] : [3]
}

/** Everything at once where there is room; elsewhere one after the other, a different one in each field. */
function typing({ who, action }: Met, round: number, n: number) {
  let field = 0
  return (_name: string, type: string): string | undefined => {
    const at = strings[round < 3 ? round : (round * 11 + n * 5 + ++field) % strings.length] ?? ''
    if (type === 'textarea')
      return round % 3 === 2 ? at : [...hostile, ...strings.slice(round * 8, round * 8 + 8)].join('\n\n')
    if (type === 'email') return round % 2 ? at : `n${round}.${n}.${who.toLowerCase()}@example.org`
    if (type === 'number' || type === 'url') return round % 2 ? at : undefined
    if (type === 'password') return round === 3 || !action.startsWith('/register') ? at : `${at} and a long word more`
    return at
  }
}

/** A page of every kind, and those about what was made last. */
async function pagesWithIt({ routes, house }: Room, { db }: TestForum): Promise<string[]> {
  const newest = async (table: 'topics' | 'posts' | 'members' | 'forums') =>
    (await db.selectFrom(table).select('id').orderBy('id', 'desc').limit(3).execute()).map(({ id }) => id)
  const paths = pagesOf(routes, house)
  for (const id of await newest('topics')) paths.push(`/topic/${id}`, `/topic/${id}/reply`)
  for (const id of await newest('posts'))
    paths.push(`/post/${id}`, `/post/${id}/share`, `/post/${id}/edit`, `/post/${id}/versions`)
  for (const id of await newest('members')) paths.push(`/profile/${id}`, `/admin/members/${id}`)
  for (const id of await newest('forums')) paths.push(`/forum/${id}`, `/admin/forums/${id}`)
  return [...paths, `/topic/${house.topicId}?page=2`, '/modcp/queue', '/modcp/log']
}

/** In a real browser that heeds no policy, where the same words set off the alarm when nothing is done about them. */
async function nothingRuns(t: TestContext, forum: TestForum, { house, visitors }: Room): Promise<void> {
  const page = await openPage(t, { bypassCSP: true, expectErrors: /./ })
  await page.addInitScript(
    `window.${alarm} = () => { (window.alarms ??= []).push(document.title) }; window.alert = window.${alarm}`,
  )
  const alarms = () => page.evaluate<number>('(window.alarms ?? []).length')
  for (const text of hostile.slice(0, 3)) {
    const body = `<title>x</title><input value="${text}"><p>${text}</p>`
    await page.route('http://unguarded.example/**', route => route.fulfill({ contentType: 'text/html', body }))
    await page.goto('http://unguarded.example/')
    await untilTrue(page, '(window.alarms ?? []).length > 0')
  }
  const cookie = visitors.get('Ada')?.cookie('stoa_session') ?? ''
  await page.context().addCookies([{ name: 'stoa_session', value: cookie, url: forum.url }])
  const { id } = await forum.db
    .selectFrom('topics')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const path of ['/', `/forum/${house.forumId}/`, `/topic/${id}/`, '/modcp/queue', '/admin/messages']) {
    await page.goto(forum.url + path, { waitUntil: 'load' })
    assert.equal(await alarms(), 0, path)
  }
}
