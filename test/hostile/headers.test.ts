import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage, testForum } from '../support/index.ts'
import { type Answer, type Ask, asker, ownPage } from './harness/ask.ts'
import { Routes } from './harness/routes.ts'

const expected: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^(?=.*default-src 'self')(?=.*frame-ancestors 'self')(?!.*unsafe)/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^same-origin$/,
  'strict-transport-security': /^max-age=31536000$/,
  'x-frame-options': /^SAMEORIGIN$/,
}
/** Who says what they are helps whoever looks for a hole in it. */
const banners = ['server', 'x-powered-by', 'via', 'x-aspnet-version', 'x-generator']

/** Picture files may do less than pages. */
const ofFiles = /^sandbox; default-src 'none'$/

function missingFrom(headers: IncomingHttpHeaders): string[] {
  const missing = Object.entries(expected).filter(([name, value]) => {
    const said = String(headers[name] ?? '')
    return !value.test(said) && !(name === 'content-security-policy' && ofFiles.test(said))
  })
  return [...missing.map(([name]) => `no ${name}`), ...banners.filter(name => name in headers)]
}

test('Every kind of answer says what may be done with it, and none what program gave it', async t => {
  const forum = await testForum(t, { config: { baseUrl: 'https://forum.example' } })
  const [ask, routes] = [asker(t, forum), new Routes(forum)]
  const { name, password } = forum.admin
  const form = new URLSearchParams({ login: name, password }).toString()
  const signedIn = await ask('/login/', { method: 'POST', headers: ownPage, body: form })
  const cookie = (signedIn.headers['set-cookie'] ?? []).map(line => line.split(';')[0]).join('; ')
  assert.match(cookie, /stoa_session/)

  const faults: string[] = []
  const statuses = new Set<number>()
  const look = (what: string, { status, headers }: Answer) => {
    statuses.add(status)
    faults.push(...missingFrom(headers).map(fault => `${what} (${status}): ${fault}`))
  }
  for (const { method, path } of routes.all) {
    const at = path.replaceAll(/:\w+/g, '1')
    // What only guests are asked, and what ends the session, is asked without one.
    for (const who of /login|logout|setup|sign-out/.test(path) || method === 'POST' ? [''] : ['', cookie]) {
      const asking = method === 'POST' ? { method, headers: ownPage, body: '' } : {}
      look(`${method} ${at}`, await ask(at, { ...asking, ...(who && { cookie: who }) }))
    }
  }
  await lookElsewhere(ask, look, cookie)
  await lookAgain(ask, look)
  for (const status of [200, 301, 303, 400, 403, 404, 413, 415, 422]) assert.ok(statuses.has(status), `${status}`)
  assert.deepEqual(faults, [])
})

type Look = (what: string, answer: Answer) => void

/** What no route answers, and what is refused before one is found. */
async function lookElsewhere(ask: Ask, look: Look, cookie: string): Promise<void> {
  const { body } = await ask('/')
  const built = /href="(\/build\/[^"]+\.css)"/.exec(body)?.[1] ?? ''
  const styles = await ask(built)
  assert.equal(styles.status, 200)
  look(built, styles)
  const files = [
    '/favicon.svg',
    '/build/nothing.css',
    '/files/nothing.png',
    '/robots.txt',
    '/.env',
    '/%2e%2e/package.json',
  ]
  for (const path of [...files, '/healthz', '/readyz', '/nowhere', '/%zz', '/%00', '/topic/1%00', '//evil.example/']) {
    look(path, await ask(path))
    look(`HEAD ${path}`, await ask(path, { method: 'HEAD' }))
  }
  const post = { method: 'POST', headers: ownPage }
  const many = Array.from({ length: 10_000 }, (_, n) => `f${n}=x`).join('&')
  look('too many fields', await ask('/login/', { ...post, body: many }))
  look(
    'another kind of form',
    await ask('/login/', { ...post, headers: { ...ownPage, 'Content-Type': 'text/xml' }, body: '<x/>' }),
  )
  look(
    'from elsewhere',
    await ask('/login/', { method: 'POST', body: 'x=1', cookie, headers: { Origin: 'https://evil.example' } }),
  )
  look('OPTIONS', await ask('/', { method: 'OPTIONS' }))
  look('DELETE', await ask('/', { method: 'DELETE', headers: ownPage }))
  look('TRACE', await ask('/', { method: 'TRACE', headers: ownPage }))
  look('one click', await ask('/unsubscribe/replies/x', { ...post, headers: {}, body: 'List-Unsubscribe=One-Click' }))
}

/** A page as it was made, as it was kept, plain, by its head, and not at all because it is still the same. */
async function lookAgain(ask: Ask, look: Look): Promise<void> {
  const encoded = { 'Accept-Encoding': 'gzip, br' }
  const made = await ask('/forum/1', { headers: encoded })
  const at = made.headers.location ?? '/'
  const first = await ask(at, { headers: encoded })
  const ways = [first, await ask(at, { headers: encoded }), await ask(at), await ask(at, { method: 'HEAD' })]
  for (const answer of ways) {
    look(`${at} again`, answer)
    for (const name of Object.keys(expected)) assert.equal(answer.headers[name], first.headers[name], name)
  }
  const unchanged = await ask(at, { headers: { 'If-None-Match': String(first.headers.etag) } })
  assert.equal(unchanged.status, 304)
  const name = 'strict-transport-security'
  assert.equal(unchanged.headers[name], first.headers[name])
  // For what it says nothing about, a browser goes by what came with the page: the test below.
  for (const [name, value] of Object.entries(unchanged.headers)) {
    if (name in first.headers && name !== 'date') assert.equal(value, first.headers[name], name)
  }
}

/** Whether a script inside of a page runs that was put there, which the content security policy forbids. */
async function runsWhatIsPutIn(page: Page): Promise<boolean> {
  return page.evaluate(`
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))
    window.ran === true
  `)
}

test('A page that a browser has already is as safe when it is shown again as when it came', async t => {
  const { url } = await testForum(t)
  const page = await openPage(t, { javaScriptEnabled: true, expectErrors: /Content Security Policy/ })
  const statuses: number[] = []
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  network.on('Network.responseReceivedExtraInfo', ({ statusCode }) => statuses.push(statusCode))
  await page.goto(url)
  assert.equal(await runsWhatIsPutIn(page), false)
  statuses.length = 0
  await page.goto(url)
  assert.equal(statuses[0], 304)
  assert.equal(await runsWhatIsPutIn(page), false)

  const unguarded = await openPage(t, { javaScriptEnabled: true, bypassCSP: true })
  await unguarded.goto(url)
  assert.equal(await runsWhatIsPutIn(unguarded), true)
})
