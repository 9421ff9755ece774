import assert from 'node:assert/strict'
import { onBothDatabases } from '../../support/index.ts'
import { addMember, set } from './accounts.ts'
import { nora, said, smallForum, whoIs } from './small-forum.ts'

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
