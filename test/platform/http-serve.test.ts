import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Listener, serve } from '../../src/platform/http/index.ts'
import type { ServingLimits } from '../../src/platform/http/serve.ts'
import { afterwards } from '../support/afterwards.ts'

const short: Partial<ServingLimits> = { headersTimeout: 250, requestTimeout: 400, stillTimeout: 2000, lookEvery: 25 }
const host = '127.0.0.1'

/** Answers with what was sent; where it listens. */
async function listening(t: TestContext, limits: Partial<ServingLimits>, listener: Listener = echo): Promise<number> {
  const { port, stop } = await serve(listener, { port: 0, host, baseUrl: 'https://porch.example' }, limits)
  afterwards(t, () => stop(0))
  return port
}

const echo: Listener = (req, res) => void req.pipe(res)

type Line = { readonly socket: Socket; readonly closed: Promise<string> }

/** A connection, and all that was heard on it until it was closed. */
async function line(t: TestContext, port: number): Promise<Line> {
  const socket = connect({ port, host })
  afterwards(t, () => void socket.destroy())
  let heard = ''
  socket.setEncoding('utf8').on('data', text => (heard += text))
  socket.on('error', () => undefined)
  // Whoever still says something when the other end has closed is told so by an error, and has heard what was said before.
  const closed = new Promise<string>(resolve => socket.once('close', () => resolve(heard)))
  await once(socket, 'connect')
  return { socket, closed }
}

/** Says these words one letter after the other, and never comes to an end. Gives what was answered, and after how long. */
async function dribble(t: TestContext, port: number, begin: string): Promise<{ heard: string; ms: number }> {
  const { socket, closed } = await line(t, port)
  const began = performance.now()
  socket.write(begin)
  let isOpen = true
  const heard = closed.finally(() => (isOpen = false))
  for (let n = 0; isOpen && n < 200; n++) {
    socket.write('x')
    await setTimeout(20)
  }
  return { heard: await heard, ms: performance.now() - began }
}

async function answered(port: number, localAddress?: string): Promise<number> {
  const [response] = await once(get({ port, host, agent: false, ...(localAddress && { localAddress }) }), 'response')
  response.resume()
  return response.statusCode
}

test('whoever sends a letter now and then is not waited for', async t => {
  const port = await listening(t, short)
  const head = 'POST / HTTP/1.1\r\nHost: porch.example\r\n'
  const [slowHead, slowBody, slowChunk, silent] = await Promise.all([
    dribble(t, port, `${head}X-Slow: `),
    dribble(t, port, `${head}Content-Length: 1000\r\n\r\n`),
    dribble(t, port, `${head}Transfer-Encoding: chunked\r\n\r\nff\r\n`),
    line(t, port).then(async ({ closed }) => ({ heard: await closed, ms: 0 })),
  ])
  for (const { heard, ms } of [slowHead, silent]) assert.match(`${heard} ${ms < 1500}`, /^HTTP\/1.1 408 .* true$/s)
  // An answer that has begun is cut off.
  for (const { heard, ms } of [slowBody, slowChunk]) assert.match(`${heard} ${ms < 1500}`, /^HTTP\/1.1 [24].* true$/s)
  assert.equal(await answered(port), 200)
})

test('whoever takes nothing of an answer is not waited for', async t => {
  const port = await listening(t, { stillTimeout: 200 }, (_req, res) => void res.end(Buffer.alloc(30_000_000)))
  const { socket, closed } = await line(t, port)
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: porch.example\r\n\r\n')
  await setTimeout(1000)
  socket.resume()
  assert.ok((await closed).length < 30_000_000)
})

test('what cannot be read as a request is answered with the headers that every answer has', async t => {
  const port = await listening(t, {})
  const requests = {
    400: 'nothing that a browser says\r\n\r\n',
    431: `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
  }
  for (const [status, said] of Object.entries(requests)) {
    const { socket, closed } = await line(t, port)
    socket.write(said)
    const heard = await closed
    assert.match(heard, new RegExp(`^HTTP/1.1 ${status} `))
    for (const header of [/content-security-policy: default-src/i, /nosniff/, /strict-transport-security/i]) {
      assert.match(heard, header)
    }
    assert.doesNotMatch(heard, /server:|x-powered-by/i)
  }
})

test('thousands of connections that say nothing, or half of something, keep nobody from being answered', async t => {
  const port = await listening(t, { connections: 1500 })
  const before = process.memoryUsage().rss
  const halves = [
    '',
    'GET / HT',
    'GET / HTTP/1.1\r\nHost: a\r\nX-Half: ',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx',
  ]
  const lines: Line[] = []
  for (let n = 0; n < 2100; n++) {
    const one = await line(t, port)
    one.socket.write(halves[n % halves.length] ?? '')
    lines.push(one)
  }
  const began = performance.now()
  for (let n = 0; n < 20; n++) assert.equal(await answered(port), 200)
  assert.ok(performance.now() - began < 2000)
  // The oldest have made room.
  await lines[0]?.closed
  assert.ok(lines.filter(({ socket }) => !socket.closed).length <= 1500)
  const each = (process.memoryUsage().rss - before) / lines.length
  assert.ok(each < 60_000, `${Math.round(each)} bytes for both ends of a connection`)
})

test('whoever is being answered, or has asked for something, loses their place to nobody', async t => {
  const waiting: (() => void)[] = []
  const arrived = Promise.withResolvers<void>()
  const port = await listening(t, { connections: 2 }, (req, res) => {
    waiting.push(() => res.end(req.url))
    if (waiting.length === 2) arrived.resolve()
  })
  const asked = ['/first', '/second'].map(async path => {
    const [response] = await once(request({ port, host, path, agent: false }).end(), 'response')
    return (await response.toArray()).join('')
  })
  await arrived.promise
  const third = await line(t, port)
  assert.equal(await third.closed, '')
  for (const answer of waiting) answer()
  assert.deepEqual(await Promise.all(asked), ['/first', '/second'])
})

test('whoever only reads goes before all who sent something at the same moment, and each of those before the next', async t => {
  const begun: string[] = []
  const port = await listening(t, {}, (req, res) => {
    begun.push(`${req.method} ${req.url}`)
    setImmediate(() => begun.push('others'))
    res.end()
  })
  const { socket, closed } = await line(t, port)
  const head = 'HTTP/1.1\r\nHost: porch.example\r\nContent-Length: 0\r\n'
  const asked = ['POST /1', 'POST /2', 'GET /3'].map(what => `${what} ${head}\r\n`)
  socket.write(`${asked.join('')}POST /4 ${head}Connection: close\r\n\r\n`)
  assert.equal((await closed).match(/200 OK/g)?.length, 4)
  const posts = begun.slice(begun.indexOf('POST /1'))
  assert.equal(begun[0], 'GET /3')
  assert.deepEqual(posts.filter((what, n) => what !== 'others' || posts[n - 1] !== 'others').slice(0, 5), [
    'POST /1',
    'others',
    'POST /2',
    'others',
    'POST /4',
  ])
})
