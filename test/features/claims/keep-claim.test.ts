import assert from 'node:assert/strict'
import { hashSecret } from '../../../src/platform/secret.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { claimCookies, claimOf, claims, heldBy, itsForum, posts, reply, secretOf, set, startTopic } from './guests.ts'

const day = 24 * 60 * 60 * 1000

/** Everything the database holds, as one text. */
async function everything(db: Db): Promise<string> {
  const tables = ['claims', 'claim_secrets', 'sessions', 'jobs', 'rate_limits', 'drafts', 'posts', 'topics'] as const
  const rows = await Promise.all(tables.map(table => db.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows)
}

forumOnBothDatabases(
  'what a guest sends is kept apart, behind a secret of which only the hash is stored',
  async forum => {
    const guest = forum.asGuest({ address: '203.0.113.9' })
    const topic = await guest.get('/topic/1/')
    assert.match(topic.text, /Join the conversation/)
    assert.match(
      topic.text,
      /You can post now and register later\. If you have an account, sign in now to post with your account\./,
    )
    const page = await reply(guest, 'Hello from **outside**')
    const secret = secretOf(page)
    const [claim] = await claims(forum.db)
    assert.deepEqual(
      { kind: claim?.kind, topic: claim?.topic_id, body: claim?.body, address: claim?.address, taken: claim?.taken_at },
      { kind: 'reply', topic: 1, body: 'Hello from **outside**', address: '203.0.113.9', taken: null },
    )
    assert.deepEqual(await posts(forum.db), [])
    const secrets = await forum.db.selectFrom('claim_secrets').selectAll().execute()
    assert.deepEqual(
      secrets.map(({ hash }) => hash),
      [hashSecret(secret)],
    )
    assert.ok(!(await everything(forum.db)).includes(secret))
  },
)

forumOnBothDatabases('a cookie for each claim is for no script and lasts as long as it', async forum => {
  const guest = forum.asGuest()
  const first = secretOf(await reply(guest, 'One'))
  await forum.db
    .updateTable('claims')
    .set({ expires_at: Date.now() + day })
    .execute()
  const sent = await guest.agent
    .post('/topic/1/reply')
    .type('form')
    .set('Sec-Fetch-Site', 'same-origin')
    .send({ body: 'Two', format: 'markdown' })
  const [cookie, ...others] = claimCookies(sent.headers)
  assert.deepEqual(others, [])
  assert.match(cookie?.line ?? '', /; Path=\/; .*HttpOnly; SameSite=Lax/)
  assert.equal(cookie?.secret, String(sent.headers.location).slice('/claim/'.length))
  const seconds = Number(/; Max-Age=(\d+);/.exec(cookie?.line ?? '')?.[1])
  assert.ok(seconds > 7 * 24 * 3600 - 60 && seconds <= 7 * 24 * 3600, String(seconds))
  assert.deepEqual(heldBy(guest), [first, cookie?.secret])
  assert.equal((await guest.get('/claims/')).count('main section'), 2)
  await guest.get(String(sent.headers.location))
  await guest.press('Discard')
  assert.deepEqual(heldBy(guest), [first])
})

forumOnBothDatabases('what one browser sends at once is all held, and of very much the newest', async forum => {
  await set(forum.db, { claims_per_address: 100 })
  const guest = forum.asGuest()
  await guest.get('/topic/1/')
  const send = (body: string) =>
    guest.agent.post('/topic/1/reply').set('Sec-Fetch-Site', 'same-origin').type('form').send({ body })
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => send(`Tab ${n}`)))
  const secrets = answers.map(({ headers }) => String(headers.location).slice('/claim/'.length))
  assert.equal(new Set(secrets).size, 12)
  assert.deepEqual(heldBy(guest).sort(), secrets.sort())
  assert.equal((await guest.get('/claims/')).count('main section'), 12)
  for (let n = 0; n < 9; n++) await send(`Later ${n}`)
  assert.equal(heldBy(guest).length, 20)
  assert.equal((await guest.get('/claims/')).count('main section'), 20)
  assert.equal((await claims(forum.db)).length, 21)
})

forumOnBothDatabases(
  'the address works without cookies and elsewhere; opening it sets and changes nothing',
  async forum => {
    const guest = forum.asGuest()
    const page = await reply(guest, 'From my phone')
    const before = await claims(forum.db)
    guest.dropCookies()
    for (const visitor of [guest, forum.asGuest()]) {
      const { status, headers, text } = await visitor.agent.get(page.url)
      assert.equal(status, 200)
      assert.equal(headers['set-cookie'], undefined)
      assert.equal(headers['cache-control'], 'no-store')
      assert.match(text, /From my phone/)
      assert.match(text, /<meta name="robots" content="noindex">/)
      assert.equal((await visitor.get('/')).has('a[href^="/claim"]'), false)
    }
    assert.deepEqual(await claims(forum.db), before)
    assert.equal((await forum.db.selectFrom('sessions').selectAll().execute()).length, 0)
  },
)

forumOnBothDatabases('the page shows the text, until when it is kept, and the ways to publish it', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'A "first" word\n\n<b>not bold</b>')
  assert.equal(page.h1, 'Your post is saved')
  assert.match(page.text, /A "first" word\n<b>not bold<\/b>/)
  assert.equal(
    page.link('Welcome! You can reply before you register'),
    '/topic/1-welcome-you-can-reply-before-you-register/',
  )
  const { expires_at, created_at } = await claimOf(forum.db, page)
  assert.equal(expires_at, created_at + 7 * day)
  const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(expires_at)
  assert.match(page.text, new RegExp(`Kept until ${date}`))
  const form = page.form('Register and publish')
  for (const label of ['Display Name', 'Email Address', 'Password']) assert.equal(form.value(label), '')
  assert.ok(page.form('Sign in and publish').names.includes('login'))
  assert.equal(page.link('Edit'), `${page.url}/edit`)
  assert.ok(page.form('Discard'))
})

forumOnBothDatabases('a browser that holds claims is told so on every page, and no other browser is', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'One')
  const pages = [
    '/',
    '/forum/3/',
    '/topic/1/',
    '/forum/3/new-topic',
    '/login/',
    '/register/',
    '/help/markdown',
    '/nowhere',
  ]
  for (const path of pages) {
    const { text, link } = await guest.get(path)
    assert.match(text, /You have 1 unpublished post: continue/, path)
    assert.equal(guest.page.link('continue'), page.url, `${path} ${link.name}`)
  }
  for (const path of pages) assert.doesNotMatch((await forum.asGuest().get(path)).text, /unpublished/, path)
  assert.equal((await guest.get(page.url)).has('.notices'), false)
  await reply(guest, 'Two')
  assert.match(guest.page.text, /You have 2 unpublished posts: continue/)
  await guest.click('continue')
  assert.equal(guest.page.url, '/claims/')
  assert.match(guest.page.text, /One[\s\S]*Two/)
  const member = await forum.asMember('Bea')
  assert.doesNotMatch((await member.get('/')).text, /unpublished/)
})

forumOnBothDatabases('new topics are kept in the same way', async forum => {
  const guest = forum.asGuest()
  const page = await startTopic(guest, await itsForum(forum.db), '  A question:  why? ', 'Because')
  const claim = await claimOf(forum.db, page)
  assert.deepEqual(
    { kind: claim.kind, title: claim.title, topic: claim.topic_id },
    { kind: 'topic', title: 'A question: why?', topic: null },
  )
  assert.match(page.text, /Your topic in General discussion\nA question: why\?\nBecause/)
})

forumOnBothDatabases(
  'the same text again within minutes from this browser is the same claim, otherwise another',
  async forum => {
    const guest = forum.asGuest()
    const first = await reply(guest, 'Once')
    assert.equal((await reply(guest, 'Once')).url, first.url)
    assert.notEqual((await reply(guest, 'Once more')).url, first.url)
    assert.notEqual((await reply(forum.asGuest(), 'Once')).url, first.url)
    guest.dropCookies()
    assert.notEqual((await reply(guest, 'Once')).url, first.url)
    assert.equal((await claims(forum.db)).length, 4)
    guest.setCookie('stoa_claims.1', secretOf(first))
    await forum.db
      .updateTable('claims')
      .set(eb => ({ created_at: eb('created_at', '-', 11 * 60_000) }))
      .execute()
    assert.notEqual((await reply(guest, 'Once')).url, first.url)
  },
)

forumOnBothDatabases('an address has so many open claims a day, and a refusal gives the text back', async forum => {
  await set(forum.db, { claims_per_address: 3 })
  const address = { address: '2001:db8:1:2::7' }
  for (const text of ['1', '2', '3']) secretOf(await reply(forum.asGuest(address), text))
  const neighbour = forum.asGuest({ address: '2001:db8:1:2:ffff::1' })
  const refused = await reply(neighbour, 'What I wrote\n\nso carefully')
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.match(refused.text, /3 unpublished posts are waiting already/)
  assert.equal(refused.form('Submit Reply').value('body'), 'What I wrote\n\nso carefully')
  const topic = await startTopic(neighbour, 3, 'A title', 'A text')
  assert.deepEqual([topic.status, topic.form('Submit Topic').value('title')], [429, 'A title'])
  assert.equal((await claims(forum.db)).length, 3)
  secretOf(await reply(forum.asGuest({ address: '2001:db8:1:3::1' }), 'Another house'))
  await forum.db
    .updateTable('claims')
    .set(eb => ({ created_at: eb('created_at', '-', day) }))
    .execute()
  secretOf(await reply(neighbour, 'The next day'))
})

forumOnBothDatabases('those who press at the same moment do not slip past the limit', async forum => {
  await set(forum.db, { claims_per_address: 2 })
  const guests = Array.from({ length: 6 }, () => forum.asGuest({ address: '203.0.113.5' }))
  const pages = await Promise.all(guests.map((guest, index) => guest.post('/topic/1/reply', { body: `Text ${index}` })))
  assert.deepEqual(pages.map(page => page.status).sort(), [200, 200, 429, 429, 429, 429])
})

forumOnBothDatabases('what nobody took in time is erased, text, address and secrets', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'Nobody will know')
  await set(forum.db, { claim_days: 2 })
  const later = await reply(guest, 'A little later')
  assert.equal((await claimOf(forum.db, later)).expires_at - (await claimOf(forum.db, later)).created_at, 2 * day)
  await forum.db
    .updateTable('claims')
    .set({ expires_at: Date.now() - 1 })
    .where('id', '=', (await claimOf(forum.db, page)).id)
    .execute()
  assert.equal((await guest.get(page.url)).status, 404)
  assert.match((await guest.get('/')).text, /You have 1 unpublished post:/)
  await forum.db
    .insertInto('jobs')
    .values({ name: 'claims.purge', payload: 'null', created_at: 0, run_at: 0 })
    .execute()
  await forum.runJobs()
  assert.doesNotMatch(await everything(forum.db), /Nobody will know/)
  assert.deepEqual(
    (await claims(forum.db)).map(({ body }) => body),
    ['A little later'],
  )
  assert.equal((await forum.db.selectFrom('claim_secrets').selectAll().execute()).length, 1)
})

forumOnBothDatabases('claims are in no list, count or profile', async forum => {
  const guest = forum.asGuest()
  await reply(guest, 'A needle in the haystack')
  await startTopic(guest, 3, 'Needlework', 'Another needle')
  const counters = await forum.db
    .selectFrom('forums')
    .select(['topic_count', 'post_count'])
    .where('id', '=', 3)
    .execute()
  assert.deepEqual(counters, [{ topic_count: 1, post_count: 1 }])
  for (const visitor of [forum.asGuest(), await forum.asMember('Bea'), await forum.asAdmin()]) {
    for (const path of ['/', '/forum/3/', '/topic/1/', '/profile/1/']) {
      assert.doesNotMatch((await visitor.get(path)).html, /[Nn]eedle/, path)
    }
  }
})

forumOnBothDatabases('nobody opens a claim with anything but its secret', async forum => {
  const page = await reply(forum.asGuest(), 'Mine alone')
  const { id, fingerprint } = await claimOf(forum.db, page)
  const secret = secretOf(page)
  const member = await forum.asMember('Bea')
  const guesses = [
    String(id),
    fingerprint,
    hashSecret(secret),
    secret.slice(0, -1),
    `${secret}A`,
    'A'.repeat(43),
    '%20',
    "'--",
  ]
  for (const guess of guesses) {
    for (const path of ['', '/edit'])
      assert.equal((await forum.asGuest().get(`/claim/${guess}${path}`)).status, 404, guess)
    for (const act of ['publish', 'register', 'sign-in', 'edit']) {
      assert.equal((await member.post(`/claim/${guess}/${act}`, { body: 'x' })).status, 404, `${act} ${guess}`)
    }
  }
  assert.equal((await claimOf(forum.db, page)).body, 'Mine alone')
})
