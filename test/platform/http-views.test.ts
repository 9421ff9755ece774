import assert from 'node:assert/strict'
import { test } from 'node:test'
import request from 'supertest'
import { compileViews, page, setReading } from '../../src/platform/http/index.ts'
import { folderOf, tinyWeb, viewsOf } from './http-web.ts'

test('a view is rendered inside the layout, with what was given escaped', async t => {
  const { app, finish } = tinyWeb(t)
  app.get('/', (_req, res) => page(res, 'hello', { meta: { title: 'A & B' }, name: '<b>Ann</b>' }))
  const { text, headers } = await request(finish()).get('/').expect(200)
  assert.match(text, /<title>A &amp; B<\/title><main>Hello &lt;b&gt;Ann&lt;\/b&gt;, Go to the forums<\/main>/)
  assert.equal(headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(headers['cache-control'], 'private, no-cache')
  assert.match(String(headers.vary), /Cookie/)
})

test('a part gets what it is given and every helper, and nothing of what its page was given', t => {
  const folder = folderOf(
    t,
    viewsOf({
      page: '<%- include("part", { word: "given" }) %><%= it.word %>',
      part: '<%= it.word %> <%= it.shout("hey") %> <%= it.secret %><%- include("leaf") %>',
      leaf: '<i><%= it.shout("leaf") %></i>',
    }),
  )
  const views = compileViews(folder)
  const helpers = { shout: (word: string) => word.toUpperCase() }
  assert.equal(String(views.render('page', { word: 'own', secret: 'no' }, helpers)), 'given HEY <i>LEAF</i>own')
})

test('a part that is handed on is written where it belongs, and a page may be longer than any before', t => {
  const frame = '<i><%- it.bodyHtml %></i><%- it.bodyHtml %>'
  const page =
    '<%- include("frame", { bodyHtml: include("leaf", { word: "é…" }) }) %>|<%- it.long %>|<%- 7 %><%- null %>'
  const views = compileViews(folderOf(t, viewsOf({ page, frame, leaf: '<%= it.word %>' })))
  const long = 'ß…'.repeat(2_000_000)
  assert.equal(String(views.render('page', { long }, {})), `<i>é…</i>é…|${long}|7`)
  const broken = { toString: () => assert.fail('unsayable') }
  assert.throws(() => views.render('page', { long: broken }, {}), /unsayable/)
  assert.equal(String(views.render('page', { long: '' }, {})), '<i>é…</i>é…||7')
})

test('what a phrase says in one language is not said in another', t => {
  const page = "<%= it.t('hello') %> <%- it.icon('pin') %> <%= it.t('lost') %>"
  const views = compileViews(folderOf(t, viewsOf({ page })))
  const icon = (name: string) => `<svg>${name}</svg>`
  const speaking = (words: Record<string, string>) => ({ icon, t: (key: string) => words[key] ?? assert.fail(key) })
  const [english, german] = [speaking({ hello: '<Hi>', lost: 'lost' }), speaking({ hello: 'Hallo <%', lost: 'weg' })]
  for (const _time of ['first', 'second']) {
    assert.equal(String(views.render('page', {}, english)), '&lt;Hi&gt; <svg>pin</svg> lost')
    assert.equal(String(views.render('page', {}, german)), 'Hallo &lt;% <svg>pin</svg> weg')
  }
  assert.throws(() => views.render('page', {}, speaking({ hello: 'Hi' })), /lost/)
})

test('a part that is kept looks the same for the same alone, and shows nothing but what it is given', t => {
  const page = '<% for (const one of it.all) { %><%- include("part", one) %>;<% } %>'
  const part = '<%= it.times.say(it.at) %><%- include("leaf", { name: it.by?.name }) %>'
  const views = compileViews(folderOf(t, viewsOf({ page, part, leaf: '<%= it.name %>' })), { keep: ['part'] })
  const said: unknown[] = []
  const reader = (zone: string) => ({ times: { say: (at: unknown) => said.push(at) && `${zone}${at}` } })
  const [here, there] = [reader('here'), reader('there')]
  const all = [{ at: 1 }, { at: '1' }, { at: undefined }, { at: null }, { at: 1, by: { name: 'Ann' } }, { at: 1 }]
  const shown = (where: string) => `${where}1;${where}1;${where}undefined;${where}null;${where}1Ann;${where}1;`
  for (const _time of ['first', 'second']) {
    assert.equal(String(views.render('page', { all }, here)), shown('here'))
    assert.equal(String(views.render('page', { all }, there)), shown('there'))
  }
  assert.equal(said.length, 10)
  for (const more of ['<%= it.shell.name %>', '<%- include("leaf", it) %>', '<%- include("inner") %>']) {
    const files = { part: more, leaf: '', inner: '<%= it.here %>' }
    assert.throws(() => compileViews(folderOf(t, viewsOf(files)), { keep: ['part'] }), /cannot be kept/)
  }
})

test('a view that is missing or broken names itself', t => {
  assert.throws(() => compileViews(folderOf(t, viewsOf({ broken: '<% if ( { %>' }))), /broken\.ejs/)
  const views = compileViews(folderOf(t, viewsOf({ page: '<%- include("nowhere") %>' })), { debug: true })
  assert.throws(() => views.render('page', {}, {}), /There is no view nowhere\.ejs/)
})

test('a page named like an option of EJS is only a page', t => {
  const views = compileViews(folderOf(t, viewsOf({ page: '<%= it.settings %> <%= it.escapeFn %>' })))
  const data = { settings: 'x', escapeFn: () => 'evil', client: true, outputFunctionName: 'evil' }
  assert.match(String(views.render('page', data, {})), /^x /)
})

test('what features contribute to the shell is asked once for each page, and only when it is known who reads', async t => {
  const asked: string[] = []
  const { app, finish } = tinyWeb(t, {
    views: {
      hello:
        '<%= it.shell.member?.name %>|<%= it.shell.createNew.map(link => link.text).join() %>|<%= it.shell.locale %>' +
        '|<%= it.shell.timeZone %>|<%= it.shell.theme %>|<%= it.shell.dir %>|<%= it.shell.baseUrl %>|<%= it.here %>',
    },
    shell: {
      member: () => ({ name: 'Ann', path: '/profile/1-ann/', colour: 3 }),
      createNew: [
        () => {
          asked.push('topic')
          return [{ text: 'Topic', href: '/topics/new' }]
        },
        async () => [{ text: 'Poll', href: '/polls/new' }],
      ],
    },
  })
  app.get('/known', (req, res) => {
    setReading(req, { locale: 'en-XA', theme: 'dark', timeZone: 'Asia/Tokyo' })
    return page(res, 'hello', { meta: { title: 'x' } })
  })
  app.get('/unknown', (_req, res) => page(res, 'hello', { meta: { title: 'x' } }))
  const known = await request(finish()).get('/known?page=2').set('Host', 'porch.example')
  assert.match(known.text, /Ann\|Topic,Poll\|en-XA\|Asia\/Tokyo\|dark\|ltr\|http:\/\/porch\.example\|\/known\?page=2/)
  assert.deepEqual(asked, ['topic'])
  const unknown = await request(app).get('/unknown').set('Cookie', 'stoa_theme=light')
  assert.match(unknown.text, /<main>\|\|en\|UTC\|light/)
  assert.deepEqual(asked, ['topic'])
})

test('pages are compressed for those who can read that, and secret ones are kept by nobody', async t => {
  const { app, finish } = tinyWeb(t)
  app.get('/', (_req, res) => page(res, 'hello', { meta: { title: 'x', noStore: true }, name: 'Ann'.repeat(500) }))
  finish()
  const squeezed = await request(app).get('/').set('Accept-Encoding', 'gzip, br')
  assert.equal(squeezed.headers['content-encoding'], 'gzip')
  assert.match(squeezed.text, /AnnAnn/)
  assert.equal(squeezed.headers['cache-control'], 'no-store')
  const plain = await request(app).get('/').set('Accept-Encoding', 'gzip;q=0')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.match(plain.text, /AnnAnn/)
  const head = await request(app).head('/').set('Accept-Encoding', 'identity').expect(200)
  assert.equal(head.headers['content-length'], String(plain.text.length))
})

test('the head of a page of one’s own tells its length, and makes no promise about the next time', async t => {
  const { app, finish } = tinyWeb(t)
  app.get('/', (_req, res) => page(res, 'hello', { meta: { title: 'x' }, name: 'Zoë '.repeat(900) }))
  finish()
  for (const encoding of ['identity', 'gzip']) {
    const ask = { 'Accept-Encoding': encoding, 'If-None-Match': '*' }
    const { headers, text } = await request(app).get('/').set(ask).expect(200)
    const head = await request(app).head('/').set(ask).expect(200)
    assert.equal(head.headers['content-length'], headers['content-length'])
    if (encoding === 'identity') assert.equal(Number(headers['content-length']), Buffer.byteLength(text))
    assert.equal(headers.etag, undefined)
  }
})

test('a page helper writes times and numbers as the reader does', async t => {
  const { app, finish } = tinyWeb(t, { views: { hello: '<%- it.time(0) %><%= it.number(12345) %>' } })
  app.get('/', (_req, res) => page(res, 'hello', { meta: { title: 'x' } }))
  const { text } = await request(finish()).get('/')
  assert.match(text, /<time datetime="1970-01-01T00:00:00.000Z"><\/time>12,345/)
})
