import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import request from 'supertest'
import { addressOf, page, sameOrigin } from '../../src/platform/http/index.ts'
import { type TinyWebOptions, tinyWeb } from './http-web.ts'

function guarded(t: TestContext, options: TinyWebOptions = {}) {
  const { app, finish } = tinyWeb(t, options)
  app.use(sameOrigin({ baseUrl: options.baseUrl }))
  app.all('/act', (_req, res) => void res.send('done'))
  app.get('/address', (req, res) => void res.send(addressOf(req)))
  app.get('/page', (_req, res) => page(res, 'hello', { meta: { title: 'x' }, name: 'x' }))
  return finish()
}

type Headers = Record<string, string>

/** A form sent to the forum on a name that is not localhost, over plain http. */
async function send(t: TestContext, headers: Headers, options: TinyWebOptions = {}) {
  const sent = request(guarded(t, options)).post('/act').set('Host', 'porch.example:8080').set(headers).type('form')
  const { status, text } = await sent.send({ body: 'My text' })
  return { status, text }
}

const cookie = { Cookie: 'stoa_session=x' }

test('the browser says by Sec-Fetch-Site whether a form is our own', async t => {
  assert.equal((await send(t, { ...cookie, 'Sec-Fetch-Site': 'same-origin' })).status, 200)
  for (const site of ['cross-site', 'same-site', 'none', '']) {
    const { status, text } = await send(t, { ...cookie, 'Sec-Fetch-Site': site, Origin: 'http://porch.example:8080' })
    assert.equal(status, 403, site)
    assert.match(text, /This form was sent from another site/)
    assert.match(text, /My text/)
  }
})

test('where Sec-Fetch-Site is missing the Origin has to be the host that was asked', async t => {
  assert.equal((await send(t, { ...cookie, Origin: 'http://porch.example:8080' })).status, 200)
  assert.equal((await send(t, { ...cookie, Origin: 'https://porch.example:8080' })).status, 200)
  const others = [
    'http://porch.example',
    'http://evil.example',
    'http://porch.example:8080.evil.example',
    'ftp://porch.example:8080',
    'x',
    '',
  ]
  for (const origin of others) assert.equal((await send(t, { ...cookie, Origin: origin })).status, 403, origin)
})

test('a form with neither header is taken without a cookie and refused with one', async t => {
  assert.equal((await send(t, {})).status, 200)
  const { status, text } = await send(t, cookie)
  assert.equal(status, 403)
  assert.match(text, /your proxy removes the Origin header/)
})

test('where the public address is known the Origin has to be that one', async t => {
  const options = { baseUrl: 'https://porch.example' }
  assert.equal((await send(t, { ...cookie, Origin: 'https://porch.example' }, options)).status, 200)
  const { status, text } = await send(t, { ...cookie, Origin: 'http://porch.example:8080' }, options)
  assert.equal(status, 403)
  assert.match(text, /your browser is at http:\/\/porch\.example:8080, but BASE_URL says https:\/\/porch\.example/)
})

test('an administrator behind a proxy reads which header is missing', async t => {
  const { text } = await send(t, { ...cookie, Host: '127.0.0.1:3000', Origin: 'https://porch.example' })
  assert.match(text, /reached at https:\/\/porch\.example: the request arrived for 127\.0\.0\.1:3000/)
  assert.match(text, /proxy_set_header Host \$http_host;/)
  const nulled = await send(t, { ...cookie, Origin: 'null' })
  assert.match(nulled.text, /Referrer-Policy to no-referrer/)
})

test('a trusted proxy says which host was asked, any other does not', async t => {
  const headers = {
    ...cookie,
    Host: '127.0.0.1:3000',
    Origin: 'https://porch.example',
    'X-Forwarded-Host': 'porch.example',
  }
  assert.equal((await send(t, headers)).status, 200)
  assert.equal((await send(t, headers, { trustProxy: '192.0.2.1' })).status, 403)
})

test('reading is never refused', async t => {
  const app = guarded(t)
  for (const method of ['get', 'head', 'options'] as const) {
    await request(app)[method]('/act').set('Cookie', 'stoa_session=x').set('Sec-Fetch-Site', 'cross-site').expect(200)
  }
})

test('a visitor has the address that a trusted proxy says, and an IPv4 one is written as such', async t => {
  const address = async (forwarded: string, options?: TinyWebOptions) =>
    (await request(guarded(t, options)).get('/address').set('X-Forwarded-For', forwarded)).text
  assert.equal(await address('203.0.113.9'), '203.0.113.9')
  assert.equal(await address('::ffff:203.0.113.9'), '203.0.113.9')
  assert.equal(await address('198.51.100.1, 203.0.113.9'), '203.0.113.9')
  assert.equal(await address('203.0.113.9', { trustProxy: '192.0.2.1' }), '127.0.0.1')
  assert.equal(await address('nonsense'), 'nonsense')
})

test('every answer says what a page may do', async t => {
  const { headers } = await request(guarded(t)).get('/page').expect(200)
  const policy = String(headers['content-security-policy']).split(';')
  assert.deepEqual(policy.sort(), [
    "base-uri 'none'",
    "default-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
  ])
  assert.equal(headers['referrer-policy'], 'same-origin')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['strict-transport-security'], undefined)
  assert.equal(headers['x-powered-by'], undefined)
  const missing = await request(guarded(t)).get('/nowhere')
  assert.ok(missing.headers['content-security-policy'])
})

test('https is demanded only where the public address has it', async t => {
  const { headers } = await request(guarded(t, { baseUrl: 'https://porch.example' })).get('/page')
  assert.match(String(headers['content-security-policy']), /upgrade-insecure-requests/)
  assert.equal(headers['strict-transport-security'], 'max-age=31536000')
})
