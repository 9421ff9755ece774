import assert from 'node:assert/strict'
import type { Page, Visitor } from '../../support/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { addMember, goodPassword, set } from './accounts.ts'
import { smallForum } from './small-forum.ts'

const nora = { login: 'Nora Fields', password: goodPassword }

/** What the stand-in for other pages says. */
function said(page: Page): { at: string; member: string | null; address: string } {
  return JSON.parse(page.html)
}

async function whoIs(visitor: Visitor): Promise<string | null> {
  return said(await visitor.get('/elsewhere')).member
}

onBothDatabases('somebody signs in, is known on every page, and signs out', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  assert.equal(await whoIs(visitor), null)
  assert.equal(visitor.cookie('stoa_session'), undefined)
  await visitor.get('/login/?return=/elsewhere%3Fa=1')
  const there = await visitor.press('Sign In', {
    'Display name or email address': 'nora fields',
    Password: goodPassword,
  })
  assert.deepEqual(said(there), { ...said(there), at: '/elsewhere?a=1', member: 'Nora Fields' })
  assert.equal(visitor.cookie('stoa_remember'), undefined)
  await visitor.post('/logout/')
  assert.equal(await whoIs(visitor), null)
  assert.equal(visitor.cookie('stoa_session'), undefined)
})

onBothDatabases('a wrong password says so, keeps what was typed, and never the password', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  for (const login of ['Nora Fields', 'Nobody <b>Here</b>']) {
    await visitor.get('/login/')
    const page = await visitor.press('Sign In', { login, password: 'wrong wrong wrong', remember: true })
    assert.equal(page.status, 422)
    assert.match(page.text, /do not match/)
    assert.equal(page.form('Sign In').value('login'), login)
    assert.equal(page.form('Sign In').isTicked('remember'), true)
    assert.ok(!page.html.includes('wrong wrong wrong'))
  }
})

onBothDatabases('the session has another id after every sign-in', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  const first = visitor.cookie('stoa_session') ?? ''
  await visitor.post('/login/', nora)
  const second = visitor.cookie('stoa_session') ?? ''
  assert.ok(first && second && first !== second)
  const thief = forum.visit()
  thief.setCookie('stoa_session', first)
  assert.equal(await whoIs(thief), null)
  const planted = forum.visit()
  planted.setCookie('stoa_session', second.replace(/.$/, 'x'))
  await planted.post('/login/', nora)
  assert.notEqual(planted.cookie('stoa_session'), second.replace(/.$/, 'x'))
})

onBothDatabases('rights change at once, and the session’s id with them', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  await whoIs(visitor)
  const before = visitor.cookie('stoa_session')
  const group = db.selectFrom('groups').select('id').where('kind', '=', 'administrators')
  await db.updateTable('members').set({ group_id: group }).where('id', '=', id).execute()
  assert.equal(await whoIs(visitor), 'Nora Fields')
  const after = visitor.cookie('stoa_session')
  assert.notEqual(after, before)
  await whoIs(visitor)
  assert.equal(visitor.cookie('stoa_session'), after)
  const old = forum.visit()
  old.setCookie('stoa_session', before ?? '')
  assert.equal(await whoIs(old), null)
})

onBothDatabases('a member who is gone is a guest', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  await db.deleteFrom('members').where('id', '=', id).execute()
  assert.equal(await whoIs(visitor), null)
  assert.equal((await visitor.get('/account/')).h1, 'Sign In')
})

onBothDatabases(
  '"Remember me" signs in again when the browser was closed, with another token each time',
  async ({ db, t }) => {
    const forum = await smallForum(t, db)
    await addMember(forum, 'Nora Fields')
    const visitor = forum.visit()
    await visitor.get('/login/')
    await visitor.press('Sign In', { ...nora, 'Remember me': true })
    const first = visitor.cookie('stoa_remember')
    visitor.dropCookies('stoa_session')
    assert.equal(await whoIs(visitor), 'Nora Fields')
    const second = visitor.cookie('stoa_remember')
    assert.ok(first && second && first !== second)
    await visitor.post('/logout/')
    assert.equal(visitor.cookie('stoa_remember'), undefined)
    const copied = forum.visit()
    copied.setCookie('stoa_remember', second)
    assert.equal(await whoIs(copied), null)
    assert.equal(copied.cookie('stoa_remember'), undefined)
  },
)

onBothDatabases('a stolen token signs everybody out, and its holder reads why', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const owner = forum.visit()
  await owner.post('/login/', { ...nora, remember: '1' })
  const copy = owner.cookie('stoa_remember') ?? ''
  for (let i = 0; i < 2; i++) {
    owner.dropCookies('stoa_session')
    await whoIs(owner)
  }
  const thief = forum.visit()
  thief.setCookie('stoa_remember', copy)
  assert.match((await thief.get('/login/')).text, /signed you out everywhere/)
  assert.equal(await whoIs(owner), null)
})

onBothDatabases('signing out everywhere ends the other browsers', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const [here, there] = [forum.visit(), forum.visit()]
  for (const visitor of [here, there]) await visitor.post('/login/', { ...nora, remember: '1' })
  await here.get('/account/')
  const page = await here.press('Sign out everywhere')
  assert.match(page.text, /signed out everywhere/)
  assert.equal(await whoIs(here), null)
  assert.equal(await whoIs(there), null)
})

onBothDatabases('whoever signs in as somebody else is remembered no longer as the first', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  await addMember(forum, 'Someone Else')
  const visitor = forum.visit()
  await visitor.post('/login/', { ...nora, remember: '1' })
  await visitor.post('/login/', { login: 'Someone Else', password: goodPassword })
  visitor.dropCookies('stoa_session')
  assert.equal(await whoIs(visitor), null)
})

onBothDatabases('a browser that signed in before gets in while strangers are kept out', async ({ db, t }) => {
  const forum = await smallForum(t, db, { trustProxy: 'loopback' })
  await addMember(forum, 'Nora Fields')
  await set(db, { sign_in_tries_account: 3 })
  const mine = forum.visit({ address: '192.0.2.1' })
  await mine.post('/login/', nora)
  await mine.post('/logout/')
  const stranger = forum.visit({ address: '192.0.2.2' })
  for (let i = 0; i < 3; i++) await stranger.post('/login/', { ...nora, password: 'wrong' })
  await stranger.get('/login/')
  const refused = await stranger.press('Sign In', nora)
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.match(refused.text, /Too many tries/)
  assert.equal(refused.form('Sign In').value('login'), 'Nora Fields')
  await mine.post('/login/', nora)
  assert.equal(await whoIs(mine), 'Nora Fields')
})

onBothDatabases('X-Forwarded-For counts only from proxies that are trusted', async ({ db, t }) => {
  const behindProxy = await smallForum(t, db, { trustProxy: 'loopback' })
  assert.equal(said(await behindProxy.visit({ address: '203.0.113.9' }).get('/')).address, '203.0.113.9')
  const open = await smallForum(t, db, { trustProxy: '192.0.2.200' })
  assert.equal(said(await open.visit({ address: '203.0.113.9' }).get('/')).address, '127.0.0.1')
  await set(db, { sign_in_tries_address: 3 })
  for (let i = 0; i < 3; i++) {
    await open.visit({ address: `203.0.113.${i}` }).post('/login/', { login: `nobody ${i}`, password: 'wrong' })
  }
  const last = await open.visit({ address: '203.0.113.77' }).post('/login/', { login: 'nobody', password: 'wrong' })
  assert.equal(last.status, 429)
})

onBothDatabases('nobody is led away from the forum', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
  ]
  elsewhere.push('/\t/evil.example', 'http:evil.example', ' //evil.example', '/login/', '/logout/', '/register/?x')
  for (const path of elsewhere) {
    const visitor = forum.visit()
    await visitor.get(`/login/?return=${encodeURIComponent(path)}`)
    assert.equal(visitor.page.form('Sign In').value('return'), '/', path)
    const there = await visitor.post('/login/', { ...nora, return: path })
    assert.equal(said(there).at, '/', path)
    assert.equal(said(await visitor.get(`/login/?return=${encodeURIComponent(path)}`)).at, '/', path)
  }
})

onBothDatabases('forms from other sites are refused', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  const foreign = await visitor.agent.post('/logout/').set('Sec-Fetch-Site', 'cross-site')
  assert.equal(foreign.status, 403)
  assert.equal(await whoIs(visitor), 'Nora Fields')
})

onBothDatabases('what nobody sends on purpose is answered, never with a fault of ours', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const strange: Record<string, string | string[]>[] = [
    { login: ['a', 'b'], password: 'x' },
    { login: 'x'.repeat(100_000), password: 'y'.repeat(100_000) },
    { login: '\ud800', password: '\ud800' },
    { 'login[a]': 'x', 'password[$ne]': '' },
    { login: '', password: '' },
    { login: 'a', password: 'b', remember: ['1', '2'], return: ['/a', '/b'] },
    { carry: 'topic:99999999999', body: 'x' },
    { carry: ['topic:1', 'topic:2'], body: 'x', format: 'pdf' },
  ]
  for (const fields of strange) {
    for (const path of ['/login/', '/register/', '/preferences/theme', '/logout/', '/account/']) {
      const { status } = await forum.visit().post(path, fields)
      assert.ok(status < 500, `${path} ${JSON.stringify(fields).slice(0, 80)}: ${status}`)
    }
  }
})
