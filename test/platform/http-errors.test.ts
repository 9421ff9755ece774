import assert from 'node:assert/strict'
import { request as rawRequest } from 'node:http'
import { type TestContext, test } from 'node:test'
import request from 'supertest'
import {
  Conflict,
  Forbidden,
  Gone,
  msg,
  NotFound,
  type Refusal,
  SignInNeeded,
  TooMany,
  Unavailable,
} from '../../src/platform/errors.ts'
import { inFront, readableUrl, serve } from '../../src/platform/http/index.ts'
import { type TinyWebOptions, tinyWeb } from './http-web.ts'

function throwing(t: TestContext, error: unknown, options: TinyWebOptions = {}) {
  const { app, finish } = tinyWeb(t, options)
  app.all('/act', () => {
    throw error
  })
  return finish()
}

const member = { isGuest: () => false }

test('whatever is refused is told with its own status, what happened and what to do next', async t => {
  const told: [Refusal, number, RegExp][] = [
    [new NotFound(), 404, /There is nothing here/],
    [new Gone(), 410, /This was deleted/],
    [new Forbidden(), 403, /You may not do that/],
    [new Conflict(), 409, /Someone was faster/],
    [new Unavailable(7), 503, /We are busy right now/],
    [new NotFound(msg('http.typed_title')), 404, /<p>Title<\/p>/],
  ]
  for (const [error, status, words] of told) {
    const { text } = await request(throwing(t, error, member))
      .get('/act')
      .expect(status)
    assert.match(text, words)
    assert.match(text, /<a href="\/">Go to the forums<\/a>/)
  }
})

test('who does too much learns when to come back', async t => {
  const soon = await request(throwing(t, new TooMany(30), member))
    .get('/act')
    .expect(429)
  assert.equal(soon.headers['retry-after'], '30')
  assert.match(soon.text, /Try again in 30 seconds/)
  const later = await request(throwing(t, new TooMany(7200), member))
    .get('/act')
    .expect(429)
  assert.match(later.text, /Try again in 120 minutes/)
})

test('a guest who may not see a page is led to sign in and back', async t => {
  for (const error of [new SignInNeeded(), new Forbidden()]) {
    const { headers } = await request(throwing(t, error)).get('/act?x=1').expect(303)
    assert.equal(headers.location, '/login/?return=%2Fact%3Fx%3D1')
    assert.equal(headers['cache-control'], 'no-store')
  }
  await request(throwing(t, new Forbidden(), member))
    .get('/act')
    .expect(403)
})

test('a guest who may not send a form keeps what was typed and finds the way to sign in', async t => {
  const sent = request(throwing(t, new SignInNeeded()))
    .post('/act')
    .type('form')
    .set('Referer', 'http://x/topic/7-x/?page=2')
  const { text, headers } = await sent.send({ title: 'A title', body: 'A <long> text', password: 'secret' }).expect(403)
  assert.match(text, /<textarea readonly>A title<\/textarea><textarea readonly>A &lt;long&gt; text<\/textarea>/)
  assert.match(text, /href="\/login\/\?return=%2Ftopic%2F7-x%2F%3Fpage%3D2"/)
  assert.doesNotMatch(text, /secret/)
  assert.equal(headers['cache-control'], 'no-store')
})

test('a fault of ours is told without its details, under the number it is logged with', async t => {
  const { app, logger, finish } = tinyWeb(t)
  const logged: { request?: string; error?: Error }[] = []
  logger.error = (line: object) => void logged.push(line)
  app.use((req, _res, next) => {
    req.id = 'number7'
    next()
  })
  app.post('/act', () => Promise.reject(new Error('the secret table is broken')))
  const { text } = await request(finish()).post('/act').type('form').send({ body: 'My text' }).expect(500)
  assert.match(text, /Something went wrong on our side/)
  assert.match(text, /number7/)
  assert.match(text, /My text/)
  assert.doesNotMatch(text, /secret table/)
  assert.equal(logged.length, 1)
  assert.equal(logged[0]?.request, 'number7')
  assert.match(String(logged[0]?.error), /secret table/)
})

test('when even the page about a fault is broken, people still get words', async t => {
  const app = throwing(t, new Error('oh'), { views: { 'layouts/main': '<% throw new Error("broken") %>' } })
  const { text } = await request(app).get('/act').expect(500)
  assert.match(text, /<h1>500 Something went wrong on our side<\/h1>/)
})

test('programs get plain words', async t => {
  const { text, headers } = await request(throwing(t, new NotFound()))
    .get('/act')
    .set('Accept', 'application/json')
    .expect(404)
  assert.match(String(headers['content-type']), /^text\/plain/)
  assert.match(text, /^404 There is nothing here\n/)
})

test('an answer that failed on its way leaves nothing behind', async t => {
  const { app, finish } = tinyWeb(t, member)
  app.get('/', (_req, res) => {
    res.set({ 'Content-Encoding': 'gzip', ETag: '"x"', 'Content-Length': '3' })
    throw new NotFound()
  })
  const { text, headers } = await request(finish()).get('/').expect(404)
  assert.match(text, /There is nothing here/)
  assert.equal(headers['content-encoding'], undefined)
  assert.equal(headers['cache-control'], 'no-store')
})

function echoing(t: TestContext) {
  const { app, finish } = tinyWeb(t, member)
  app.all('/*any', (req, res) => void res.json(req.body ?? null))
  app.all('/', (req, res) => void res.json(req.body ?? null))
  return inFront(finish(), [readableUrl()])
}

test('addresses that say nothing are refused clearly', async t => {
  const { port, stop } = await serve(echoing(t), { port: 0, host: '127.0.0.1' })
  t.after(() => stop(0))
  const status = (path: string) =>
    new Promise((resolve, reject) => {
      const sent = rawRequest({ port, host: '127.0.0.1', path }, res => resolve(res.resume().statusCode))
      sent.on('error', reject)
      sent.end()
    })
  assert.equal(await status('/%E0%A4%A'), 400)
  assert.equal(await status('/%'), 400)
  assert.equal(await status('/topic/%00'), 400)
  assert.equal(await status('/?q=%00'), 400)
  assert.equal(await status('/?q=%E0%A4%A'), 200)
  assert.equal(await status('/%F0%9F%98%80?q=%'), 200)
  assert.equal(await status('//evil.example/x'), 200)
})

test('forms that cannot be read are refused clearly', async t => {
  const post = () => request(echoing(t)).post('/').type('form')
  await post()
    .send(`body=${'x'.repeat(1024 * 1024)}`)
    .expect(413)
  await post().send('a=1&'.repeat(2500)).expect(413)
  await post().send('body=a%00b').expect(400)
  await post().send('ids=1&ids=%00').expect(400)
  await post().set('Content-Type', 'application/x-www-form-urlencoded; charset=utf-7').send('a=1').expect(415)
  await post().set('Content-Encoding', 'gzip').send('a=1').expect(415)
  await request(echoing(t)).post('/').type('json').send('{"a":1}').expect(415)
  await request(echoing(t)).post('/').attach('file', Buffer.from('x'), 'x.txt').expect(415)
})

test('forms that can be read arrive as texts', async t => {
  const post = () => request(echoing(t)).post('/')
  const { body } = await post().type('form').send('name=%C3%84nn&ids=1&ids=2&a[b]=c&bad=%E0%A4%A&__proto__=x')
  assert.equal(body.name, 'Änn')
  assert.deepEqual(body.ids, ['1', '2'])
  assert.equal(typeof body['a[b]'], 'string')
  assert.equal(typeof body.bad, 'string')
  assert.deepEqual((await post()).body, {})
})
