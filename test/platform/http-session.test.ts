import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { Express } from 'express'
import request, { type Agent } from 'supertest'
import { msg } from '../../src/platform/errors.ts'
import {
  endSession,
  noticeRoutes,
  notify,
  page,
  purgeSessions,
  putCookie,
  renewSession,
  sessions,
  setReading,
  startSession,
} from '../../src/platform/http/index.ts'
import type { Db } from '../../src/platform/store/index.ts'
import { freshStore, onBothDatabases } from '../support/index.ts'
import { tinyWeb } from './http-web.ts'

const day = 24 * 60 * 60 * 1000
const sessionSecret = 'a secret of at least thirty-two characters'
const noticeView = '<% for (const notice of it.shell.notices) { %>[<%= notice.id %> <%= notice.text %>]<% } %>'

/** Enough of a forum to sign in as someone, be told something, and sign out. */
function porch(t: TestContext, db: Db, baseUrl?: string): Express {
  const { app, finish } = tinyWeb(t, { views: { hello: `<%= it.who %>${noticeView}` }, baseUrl })
  app.use(sessions({ db, config: { sessionSecret, baseUrl } }))
  app.use((req, _res, next) => {
    setReading(req, { locale: 'en', theme: 'system', timeZone: 'UTC' })
    next()
  })
  app.use(noticeRoutes())
  app.get('/', (req, res) => page(res, 'hello', { meta: { title: 'x' }, who: req.session?.memberId ?? 'guest' }))
  app.post('/login', async (req, res) => {
    await startSession(req, res, { memberId: 1 }, { remembered: req.body.remember === 'yes' })
    res.redirect(303, '/')
  })
  app.post('/logout', async (req, res) => {
    await endSession(req)
    if (req.body.say) notify(req, { kind: 'info', message: msg('http.to_index') })
    res.redirect(303, '/')
  })
  app.post('/act', (req, res) => {
    notify(req, { kind: 'success', message: msg('http.sign_in'), sticky: req.body.sticky === 'yes' })
    res.redirect(303, '/')
  })
  app.post('/act-while-signed-out-elsewhere', async (req, res) => {
    await db.deleteFrom('sessions').execute()
    notify(req, { kind: 'success', message: msg('http.sign_in') })
    res.redirect(303, '/')
  })
  app.post('/renew-while-signed-out-elsewhere', async (req, res) => {
    await db.deleteFrom('sessions').execute()
    await renewSession(req, res, { memberId: 1 })
    res.redirect(303, '/')
  })
  app.post('/known', (_req, res) => {
    putCookie(res, 'stoa_known', 'x y', { seconds: 60 })
    res.end()
  })
  return finish()
}

async function addMember(db: Db): Promise<void> {
  const group = await db.selectFrom('groups').select('id').where('kind', '=', 'members').executeTakeFirstOrThrow()
  const member = { id: 1, name: 'Ann', name_key: 'ann', email: 'a@x.example', email_key: 'a@x.example' }
  const rest = { password_hash: '', group_id: group.id, joined_at: 0, read_all_at: 0 }
  await db
    .insertInto('members')
    .values({ ...member, ...rest })
    .execute()
}

function rows(db: Db) {
  return db.selectFrom('sessions').selectAll().execute()
}

function sessionCookie(headers: Record<string, unknown>): string | undefined {
  return ([] as string[]).concat((headers['set-cookie'] as string[]) ?? []).find(one => one.startsWith('stoa_session='))
}

async function signIn(agent: Agent, form = {}): Promise<string> {
  const { headers } = await agent.post('/login').type('form').send(form).expect(303)
  return sessionCookie(headers) ?? ''
}

onBothDatabases('a guest has no session: nothing is read, written or set', async ({ db, t }) => {
  const { headers, text } = await request(porch(t, db)).get('/').expect(200)
  assert.match(text, /guest/)
  assert.equal(headers['set-cookie'], undefined)
  assert.deepEqual(await rows(db), [])
})

onBothDatabases('signing in makes a session that the browser alone can name', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  const cookie = await signIn(agent)
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Lax/)
  assert.doesNotMatch(cookie, /Secure|Expires|Max-Age/)
  const id = decodeURIComponent(cookie.slice('stoa_session='.length)).slice(2).split('.')[0] ?? ''
  const [row] = await rows(db)
  assert.equal(row?.id, createHash('sha256').update(id).digest('hex'))
  assert.equal(row?.member_id, 1)
  assert.doesNotMatch(row?.data ?? '', new RegExp(id))
  assert.match((await agent.get('/')).text, /1/)
})

onBothDatabases('every sign-in gets an id of its own and keeps nothing of the session before', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await agent.post('/act').expect(303)
  const [before] = await rows(db)
  await signIn(agent)
  const [first] = await rows(db)
  assert.notEqual(first?.id, before?.id)
  assert.doesNotMatch((await agent.get('/')).text, /Sign In/)
  await signIn(agent)
  const all = await rows(db)
  assert.equal(all.length, 1)
  assert.notEqual(all[0]?.id, first?.id)
})

onBothDatabases('a browser that asks to be remembered keeps its cookie when it closes', async ({ db, t }) => {
  await addMember(db)
  assert.match(await signIn(request.agent(porch(t, db)), { remember: 'yes' }), /Expires=/)
})

test('where the forum has https its cookies travel over https only, whatever the proxy says', async t => {
  const { db } = await freshStore(t)
  await addMember(db)
  const app = porch(t, db, 'https://porch.example')
  assert.match(await signIn(request.agent(app)), /; Secure/)
  const { headers } = await request(app).post('/known')
  assert.match(
    String(headers['set-cookie']),
    /^stoa_known=x%20y; Max-Age=60; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
  )
})

onBothDatabases('signing out ends the session and clears the cookie', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await signIn(agent)
  const { headers } = await agent.post('/logout').expect(303)
  assert.match(sessionCookie(headers) ?? '', /^stoa_session=; .*Expires=Thu, 01 Jan 1970/)
  assert.deepEqual(await rows(db), [])
  assert.match((await agent.get('/')).text, /guest/)
})

onBothDatabases('who signed out elsewhere is not signed in again by a page that was under way', async ({ db, t }) => {
  await addMember(db)
  const app = porch(t, db)
  const agent = request.agent(app)
  await signIn(agent)
  await agent.post('/act-while-signed-out-elsewhere').expect(303)
  const { headers, text } = await agent.get('/')
  assert.match(text, /guest/)
  assert.match(sessionCookie(headers) ?? '', /^stoa_session=;/)
  assert.deepEqual(await rows(db), [])
})

onBothDatabases('a session that was ended elsewhere while it changed its id stays ended', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await signIn(agent)
  await agent.post('/renew-while-signed-out-elsewhere').expect(303)
  assert.match((await agent.get('/')).text, /guest/)
  assert.deepEqual(await rows(db), [])
})

onBothDatabases('a session is written at most once a minute while it is only used', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await signIn(agent)
  const longAgo = Date.now() - 50_000
  await db
    .updateTable('sessions')
    .set({ touched_at: longAgo, expires_at: Date.now() + day })
    .execute()
  await agent.get('/')
  assert.equal((await rows(db))[0]?.touched_at, longAgo)
  await db
    .updateTable('sessions')
    .set({ touched_at: Date.now() - 61_000 })
    .execute()
  await agent.get('/')
  const [row] = await rows(db)
  assert.ok((row?.touched_at ?? 0) > Date.now() - 5000)
  assert.ok((row?.expires_at ?? 0) > Date.now() + 29 * day)
})

onBothDatabases('a session nobody used for thirty days is over, and purged', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await signIn(agent)
  await db
    .updateTable('sessions')
    .set({ expires_at: Date.now() - 1 })
    .execute()
  assert.match((await agent.get('/')).text, /guest/)
  assert.equal(await purgeSessions(db), 1)
})

onBothDatabases(
  'what was done is said on the next page, once, and a guest then has no session again',
  async ({ db, t }) => {
    const agent = request.agent(porch(t, db))
    await agent.post('/act').expect(303)
    const said = await agent.get('/')
    assert.match(said.text, /\[\w+ Sign In\]/)
    assert.match(sessionCookie(said.headers) ?? '', /^stoa_session=;/)
    assert.deepEqual(await rows(db), [])
    const again = await agent.get('/')
    assert.doesNotMatch(again.text, /Sign In/)
    assert.equal(again.headers['set-cookie'], undefined)
  },
)

onBothDatabases('a sticky notice stays until it is dismissed, without JavaScript', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await signIn(agent)
  await agent.post('/act').type('form').send({ sticky: 'yes' }).expect(303)
  const first = (await agent.get('/')).text
  const second = (await agent.get('/')).text
  assert.equal(first, second)
  const id = /\[(\w+) Sign In\]/.exec(second)?.[1]
  const dismissed = await agent.post('/notices/dismiss').type('form').send({ id, return: '/?x=1' }).expect(303)
  assert.equal(dismissed.headers.location, '/?x=1')
  assert.doesNotMatch((await agent.get('/')).text, /Sign In/)
  const elsewhere = await agent.post('/notices/dismiss').type('form').send({ id, back: '//evil.example' })
  assert.equal(elsewhere.headers.location, '/')
})

onBothDatabases('something can be said to someone who just signed out', async ({ db, t }) => {
  await addMember(db)
  const agent = request.agent(porch(t, db))
  await signIn(agent)
  await agent.post('/logout').type('form').send({ say: 'yes' }).expect(303)
  assert.match((await agent.get('/')).text, /guest\[\w+ Go to the forums\]/)
})

test('a cookie that we never gave out is nobody', async t => {
  const { db } = await freshStore(t)
  const cookies = ['stoa_session=x', 'stoa_session=s:abc.def', 'stoa_session=', 'stoa_session=%E0%A4%A']
  for (const cookie of cookies) {
    const { text, headers } = await request(porch(t, db)).get('/').set('Cookie', cookie).expect(200)
    assert.match(text, /guest/)
    assert.match(sessionCookie(headers) ?? '', /^stoa_session=;/)
  }
  assert.deepEqual(await rows(db), [])
})

test('a session that cannot be saved is a fault that is told, not a sign-in that was none', async t => {
  const { db } = await freshStore(t)
  const app = porch(t, db)
  const { headers } = await request(app).post('/login').expect(500)
  assert.equal(headers.location, undefined)
})
