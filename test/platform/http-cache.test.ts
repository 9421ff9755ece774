import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import request from 'supertest'
import {
  type Handler,
  inFront,
  type Listener,
  type PageCacheOptions,
  type PageKind,
  page,
  pageCache,
  putCookie,
  versionOf,
  webOf,
} from '../../src/platform/http/index.ts'
import { addBrotli, makeEntry } from '../../src/platform/http/page-cache/entry.ts'
import type { Db } from '../../src/platform/store/index.ts'
import { folderOf, tinyWeb } from './http-web.ts'

/** The content a topic page shows stands in for the database: a revision goes with it. */
type Topic = { revision: string | null; words: string }

type Porch = {
  listener: Listener
  topic: Topic
  /** The addresses that were rendered, how many requests came, and how often the revision was asked for. */
  rendered: string[]
  came: number
  asked: number
  gate: { open: Promise<void> }
}

function porch(t: TestContext, options: Partial<PageCacheOptions> = {}, baseUrl?: string): Porch {
  const { app, finish } = tinyWeb(t, {
    baseUrl,
    views: {
      hello:
        '<%= it.words %> <%= it.shell.theme %> <%= it.shell.baseUrl %><%= "x".repeat(it.size) %> at <%= it.here %>',
    },
  })
  const world: Porch = {
    listener: () => undefined,
    topic: { revision: '1', words: 'first' },
    rendered: [],
    came: 0,
    asked: 0,
    gate: { open: Promise.resolve() },
  }
  const kind: PageKind = {
    match(path, query) {
      if (!path.startsWith('/topic/')) return null
      return {
        key: `topic page ${query.get('page') ?? 1}`,
        revision: async () => {
          world.asked += 1
          return world.topic.revision
        },
      }
    },
  }
  app.get('/topic/:id', async (req, res) => {
    const { words } = world.topic
    world.rendered.push(req.originalUrl)
    await world.gate.open
    if (req.params.id === 'moved') return res.redirect(301, '/topic/7')
    if (req.params.id === 'cookie') putCookie(res, 'stoa_theme', 'dark')
    const canonical = req.query.page ? `${req.path}?page=${req.query.page}` : undefined
    const meta = { title: 'x', canonical, noStore: req.params.id === 'secret' }
    return page(res, 'hello', { meta, words, size: 3000 })
  })
  app.get('/fails/:id', () => Promise.reject(new Error('no')))
  finish()
  const { origin } = webOf({ app })
  const announcements = async () => new Set([7])
  const cache = pageCache({ db: {} as Db, kinds: [kind], origin, announcements, version: '1', ...options })
  const count: Handler = (_req, _res, next) => {
    world.came += 1
    next()
  }
  world.listener = inFront(app, [count, cache])
  return world
}

/** supertest asks each time on another port, which would be another forum. */
function ask(listener: Listener, path: string) {
  return request(listener).get(path).set('Host', 'a.example')
}

test('the second guest gets the page that the first one made, with the same headers', async t => {
  const { listener, rendered } = porch(t)
  const first = await ask(listener, '/topic/7').expect(200)
  const second = await ask(listener, '/topic/7').expect(200)
  assert.equal(rendered.length, 1)
  assert.equal(second.text, first.text)
  assert.match(second.text, /first system/)
  for (const name of ['content-security-policy', 'referrer-policy', 'content-type', 'etag', 'x-content-type-options']) {
    assert.ok(second.headers[name], name)
    assert.equal(second.headers[name], first.headers[name])
  }
  assert.equal(second.headers['cache-control'], 'private, no-cache')
  assert.equal(second.headers.vary, 'Cookie, Accept-Encoding, Accept-Language')
})

test('a page is never stale', async t => {
  const { listener, topic, rendered } = porch(t)
  await ask(listener, '/topic/7')
  Object.assign(topic, { revision: '2', words: 'second' })
  const { text } = await ask(listener, '/topic/7')
  assert.match(text, /second/)
  assert.equal(rendered.length, 2)
})

test('a page that changed while it was rendered is rendered again for the next guest', async t => {
  const world = porch(t)
  const gate = Promise.withResolvers<void>()
  world.gate.open = gate.promise
  const slow = ask(world.listener, '/topic/7').then(answer => answer.text)
  while (world.rendered.length === 0) await new Promise(resolve => setImmediate(resolve))
  Object.assign(world.topic, { revision: '2', words: 'second' })
  gate.resolve()
  assert.match(await slow, /first/)
  assert.match((await ask(world.listener, '/topic/7')).text, /second/)
})

test('a browser that has the page is told so, by one question to the database', async t => {
  const world = porch(t)
  const { headers } = await ask(world.listener, '/topic/7')
  const etag = String(headers.etag)
  const before = world.asked
  const again = await ask(world.listener, '/topic/7').set('If-None-Match', `"x", ${etag}`).expect(304)
  assert.equal(again.headers.etag, etag)
  assert.equal(again.headers['cache-control'], 'private, no-cache')
  assert.equal(world.asked, before + 1)
  world.topic.revision = '2'
  await ask(world.listener, '/topic/7').set('If-None-Match', etag).expect(200)
})

test('a page counts as changed when what every answer says has changed', async t => {
  const before = porch(t, { headers: ['content-security-policy', "default-src 'none'"] })
  const after = porch(t, { headers: ['content-security-policy', "default-src 'self'"] })
  const { headers } = await ask(before.listener, '/topic/7')
  const etag = String(headers.etag)
  await ask(before.listener, '/topic/7').set('If-None-Match', etag).expect(304)
  await ask(after.listener, '/topic/7').set('If-None-Match', etag).expect(200)
})

test('of what a browser says it has put away only what can be put away makes a page of its own', async t => {
  const { listener, rendered } = porch(t)
  for (const away of ['1', '7', '2.7', '99.100', '7'])
    await ask(listener, '/topic/7').set('Cookie', `stoa_away=${away}`)
  assert.equal(rendered.length, 2)
})

test('what another version of the program rendered counts as changed', async t => {
  const etag = async (version: string) => (await ask(porch(t, { version }).listener, '/topic/7')).headers.etag
  assert.equal(await etag('1'), await etag('1'))
  assert.notEqual(await etag('1'), await etag('2'))
  const one = versionOf([folderOf(t, { 'a.ejs': '1' })])
  assert.equal(versionOf([folderOf(t, { 'a.ejs': '1', 'b.png': '2' })]), one)
  assert.notEqual(versionOf([folderOf(t, { 'a.ejs': '2' })]), one)
})

test('guests of another theme, page or address get another page; other cookies and parameters do not matter', async t => {
  const { listener, rendered } = porch(t)
  await ask(listener, '/topic/7')
  await ask(listener, '/topic/7?utm_source=x&other=1').set('Cookie', 'foreign=1; stoa_known=x')

  const home = rendered.length
  await ask(listener, '/topic/7').set('Cookie', 'foreign=1; stoa_known=x; stoa_theme=nonsense')

  assert.equal(rendered.length, home)
  const dark = await ask(listener, '/topic/7').set('Cookie', 'stoa_theme=dark')
  assert.match(dark.text, /first dark http:\/\/a\.example/)
  await ask(listener, '/topic/7?page=2')
  const other = await ask(listener, '/topic/7').set('Host', 'porch.example')
  assert.match(other.text, /http:\/\/porch\.example/)
  const forwarded = { Host: 'porch.example', 'X-Forwarded-Proto': 'https' }
  assert.match((await ask(listener, '/topic/7').set(forwarded)).text, /https:\/\/porch\.example/)
  assert.equal(rendered.length, home + 4)
})

test('nothing that only one guest said stands on the page of another', async t => {
  const { listener } = porch(t)
  assert.match((await ask(listener, '/topic/7?page=2&ref=ann@x.example')).text, /at \/topic\/7\?page=2</)
  assert.match((await ask(listener, '/topic/7?ref=ann@x.example')).text, /at \/topic\/7</)
  const own = await ask(listener, '/topic/7?ref=me').set('Cookie', 'stoa_claims.1=x')
  assert.match(own.text, /at \/topic\/7\?ref=me</)
})

test('where the public address is known, the host that was asked does not matter', async t => {
  const { listener, rendered } = porch(t, {}, 'https://porch.example')
  await ask(listener, '/topic/7')
  const { text } = await ask(listener, '/topic/7').set('Host', 'b.example')
  assert.match(text, /https:\/\/porch\.example/)
  assert.equal(rendered.length, 1)
})

test('whoever has something of their own gets pages of their own', async t => {
  const { listener, rendered } = porch(t)
  await ask(listener, '/topic/7')
  for (const name of ['stoa_session', 'stoa_remember', 'stoa_claims.1']) {
    const { headers } = await ask(listener, '/topic/7').set('Cookie', `${name}=x`).expect(200)
    assert.match(String(headers.vary), /Cookie/)
  }
  await ask(listener, '/topic/7').set('Range', 'bytes=0-9')
  assert.equal(rendered.length, 5)
  await request(listener).post('/topic/7').expect(404)
})

test('only pages that any guest may get are kept', async t => {
  const { listener, rendered, topic } = porch(t)
  for (const path of ['/topic/moved', '/topic/cookie', '/topic/secret']) {
    await ask(listener, path)
    await ask(listener, path)
  }
  assert.equal(rendered.length, 6)
  topic.revision = null
  await ask(listener, '/topic/7')
  await ask(listener, '/topic/7')
  assert.equal(rendered.length, 8)
})

test('a hundred guests at once make one page', async t => {
  const world = porch(t)
  const gate = Promise.withResolvers<void>()
  world.gate.open = gate.promise
  const guests = Array.from({ length: 100 }, () => ask(world.listener, '/topic/7').then(answer => answer.text))
  while (world.came < 100) await new Promise(resolve => setImmediate(resolve))
  gate.resolve()
  const pages = new Set(await Promise.all(guests))
  assert.equal(pages.size, 1)
  assert.equal(world.rendered.length, 1)
})

test('guests who wait for a page that cannot be shared get their own', async t => {
  const world = porch(t)
  const gate = Promise.withResolvers<void>()
  world.gate.open = gate.promise
  const guests = Array.from({ length: 5 }, () => ask(world.listener, '/topic/secret').then(answer => answer.status))
  while (world.came < 5) await new Promise(resolve => setImmediate(resolve))
  gate.resolve()
  assert.deepEqual(await Promise.all(guests), [200, 200, 200, 200, 200])
  assert.equal(world.rendered.length, 5)
})

test('bytes come as the browser takes them', async t => {
  const { listener } = porch(t, {}, 'https://porch.example')
  const raw = async (encoding: string) => {
    const { text, headers } = await ask(listener, '/topic/7').set('Accept-Encoding', encoding)
    return { text, encoding: headers['content-encoding'], length: Number(headers['content-length']) }
  }
  const plain = await raw('identity')
  assert.equal(plain.encoding, undefined)
  assert.match(plain.text, /first/)
  assert.equal(plain.length, plain.text.length)
  let brotli = await raw('gzip, deflate, br')
  while (brotli.encoding !== 'br') brotli = await raw('gzip, deflate, br')
  for (const answer of [brotli, await raw('gzip')]) {
    assert.equal(answer.text, plain.text)
    assert.ok(answer.length < plain.length)
  }
  assert.equal((await raw('br;q=0, gzip')).encoding, 'gzip')
})

test('asking for the head only gives the head only, and keeps the page', async t => {
  const { listener, rendered } = porch(t)
  const head = await request(listener)
    .head('/topic/7')
    .set('Host', 'a.example')

    .set('Accept-Encoding', 'identity')
    .expect(200)
  const { headers, text } = await ask(listener, '/topic/7').set('Accept-Encoding', 'identity')
  assert.equal(head.headers['content-length'], headers['content-length'])
  assert.equal(head.headers.etag, headers.etag)
  assert.equal(String(text.length), headers['content-length'])
  assert.equal(head.text, undefined)
  assert.equal(rendered.length, 1)
})

test('the cache stays within its size, and what is asked for often stays longest', async t => {
  const { listener, rendered } = porch(t, { maxBytes: 3 * 2400 })
  const visit = (page: number) => ask(listener, `/topic/7?page=${page}`).expect(200)
  for (const page of [2, 3, 2, 4, 2, 5, 2]) await visit(page)
  assert.deepEqual(rendered.filter(url => url.endsWith('=2')).length, 1)
  await visit(3)
  assert.equal(rendered.filter(url => url.endsWith('=3')).length, 2)
})

test('a page that is kept keeps its own bytes and not the memory in which they were made', async () => {
  const label = { key: 'x', revision: '1', etag: 'W/"x"' }
  const entry = await makeEntry(label, Buffer.from('What is compressed needs room. '.repeat(200)), {
    'content-type': 'text/html',
  })
  await addBrotli(entry)
  for (const { bytes } of [entry.gzip, entry.brotli ?? entry.gzip]) assert.equal(bytes.buffer.byteLength, bytes.length)
  assert.notEqual(entry.brotli, undefined)
})

test('a fault of the database reaches the page about faults', async t => {
  const kinds: PageKind[] = [{ match: () => ({ key: 'x', revision: () => Promise.reject(new Error('gone')) }) }]
  const { text } = await request(porch(t, { kinds }).listener).get('/topic/7').expect(500)
  assert.match(text, /Something went wrong on our side/)
})
