import assert from 'node:assert/strict'
import { get } from 'node:http'
import { test } from 'node:test'
import pino from 'pino'
import request from 'supertest'
import { healthRoutes, inFront, type Listener, requestLog, serve } from '../../src/platform/http/index.ts'
import { logFault, plainError } from '../../src/platform/http/log/logger.ts'
import { maskedPath } from '../../src/platform/http/log/masked-path.ts'
import { tinyWeb } from './http-web.ts'

test('a line of the log names no secret', () => {
  const secret = 'Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8'
  assert.equal(maskedPath(`/claim/${secret}`), '/claim/***')
  assert.equal(maskedPath(`/claim/${secret}/publish`), '/claim/***/publish')
  assert.equal(maskedPath(`/Claim/${secret}`), '/Claim/***')
  assert.equal(maskedPath(`/setup/?token=${secret}`), '/setup/?token=***')
  assert.equal(maskedPath('/setup/?token=short'), '/setup/?token=***')
  assert.equal(maskedPath(`/login/?return=%2Fclaim%2F${secret}`), '/login/?return=***')
  assert.equal(maskedPath(`/search?q=${secret}&page=2`), '/search?q=***&page=2')
  assert.equal(maskedPath(`/?${secret}`), '/?***')
  assert.equal(
    maskedPath('/topic/7-x/?page=2&sort=replies&do=findComment&comment=3'),
    '/topic/7-x/?page=2&sort=replies&do=findComment&comment=3',
  )
})

function listening(): { lines: Record<string, unknown>[]; logger: pino.Logger } {
  const lines: Record<string, unknown>[] = []
  const logger = pino(
    { base: undefined, serializers: { error: plainError } },
    { write: line => void lines.push(JSON.parse(line)) },
  )
  return { lines, logger }
}

test('each request is a line with an id, and a fault has the id that its page shows', async t => {
  const { lines, logger } = listening()
  const { app, finish } = tinyWeb(t)
  app.get('/', (req, res) => void res.send(req.id))
  const listener = inFront(finish(), [requestLog(logger)])
  const { text } = await request(listener).get('/?token=abc').set('Cookie', 'stoa_session=x').set('User-Agent', 'Me')
  assert.equal(lines.length, 1)
  const { request: id, method, path, status, ms } = lines[0] ?? {}
  assert.deepEqual(
    { id, method, path, status, ms: typeof ms },
    { id: text, method: 'GET', path: '/?token=***', status: 200, ms: 'number' },
  )
  assert.doesNotMatch(JSON.stringify(lines), /stoa_session|Me"/)
})

test('a fault is logged with its cause but without what forms and tables hold', () => {
  const { lines, logger } = listening()
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ann@x.example) exists',
  })
  logFault(
    logger,
    { id: '7', method: 'POST', url: '/claim/abc' } as never,
    Object.assign(new Error('no', { cause }), { body: 'password=x' }),
  )
  const text = JSON.stringify(lines)
  assert.match(text, /duplicate key/)
  assert.match(text, /23505/)
  assert.doesNotMatch(text, /ann@x|password|abc/)
})

test('the process says that it is alive, and whether it can serve', async t => {
  const answers = [
    () => Promise.resolve(true),
    () => Promise.resolve(false),
    () => Promise.reject(new Error('no database')),
  ]
  for (const [isReady, status] of answers.map((answer, index) => [answer, index ? 503 : 200] as const)) {
    const { app } = tinyWeb(t)
    app.use(healthRoutes(isReady))
    await request(app).get('/healthz').expect(200, 'ok')
    const { headers } = await request(app).get('/readyz').expect(status)
    assert.equal(headers['cache-control'], 'no-store')
  }
})

const fetchStatus = (port: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/' }, res => resolve(res.resume().statusCode)).on('error', reject)
  })

test('who stops finishes what is under way and takes nothing more', async () => {
  const gate = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const listener: Listener = (_req, res) => {
    arrived.resolve()
    void gate.promise.then(() => res.end('done'))
  }
  const { port, stop } = await serve(listener, { port: 0, host: '127.0.0.1' })
  const answer = fetchStatus(port)
  await arrived.promise
  const stopped = stop(10_000)
  await assert.rejects(fetchStatus(port), { code: 'ECONNREFUSED' })
  gate.resolve()
  assert.equal(await answer, 200)
  await stopped
})

test('what does not finish in time is cut off', async () => {
  const arrived = Promise.withResolvers<void>()
  const { port, stop } = await serve(() => arrived.resolve(), { port: 0, host: '127.0.0.1' })
  const answer = fetchStatus(port)
  await arrived.promise
  await Promise.all([assert.rejects(answer, { code: 'ECONNRESET' }), stop(20)])
})

test('an address in use is an error with its code', async t => {
  const first = await serve(() => undefined, { port: 0, host: '127.0.0.1' })
  t.after(() => first.stop(0))
  await assert.rejects(
    serve(() => undefined, { port: first.port, host: '127.0.0.1' }),
    { code: 'EADDRINUSE' },
  )
})
