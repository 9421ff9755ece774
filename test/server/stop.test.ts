import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { afterwards } from '../support/afterwards.ts'
import { type ForumProcess, startForum } from './process.ts'

const form = 'login=nobody&password=nothing+that+opens'

/** A visitor on a slow line, who has sent half of a form. */
async function halfSent(t: TestContext, forum: ForumProcess): Promise<{ line: Socket; answer(): Promise<string> }> {
  const { hostname, port, host } = new URL(await forum.address())
  const line = connect(Number(port), hostname)
  afterwards(t, () => void line.destroy())
  let heard = ''
  line.setEncoding('utf8').on('data', text => (heard += text))
  const closed = once(line, 'close')
  const head = ['POST /login/ HTTP/1.1', `Host: ${host}`, `Origin: http://${host}`, 'Expect: 100-continue']
  head.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${form.length}`)
  line.write(`${head.join('\r\n')}\r\n\r\n`)
  // The server asks for the rest when it has begun with the request.
  while (!heard.includes('100 Continue')) await once(line, 'data')
  line.write(form.slice(0, 10))
  return { line, answer: () => closed.then(() => heard) }
}

test('whoever is about to be answered is answered before the forum stops', async t => {
  const forum = startForum(t)
  const { line, answer } = await halfSent(t, forum)
  forum.signal('SIGTERM')
  await forum.says(/"stopping"/)
  await assert.rejects(fetch(await forum.address()))
  line.write(form.slice(10))
  assert.match(await answer(), /HTTP\/1\.1 422 .*<\/html>/s)
  assert.equal(await forum.code, 0)
  assert.equal(forum.errors, '')
})

test('connections that proxies keep open are closed by the proxy first, and do not hold up the end', async t => {
  const forum = startForum(t)
  const answer = await fetch(await forum.address())
  await answer.text()
  assert.match(answer.headers.get('keep-alive') ?? '', /timeout=125/)
  assert.equal(await forum.end(), 0)
})

test('whoever never finishes does not hold it up for ever', async t => {
  const forum = startForum(t)
  const { answer } = await halfSent(t, forum)
  const began = performance.now()
  assert.equal(await forum.end(), 0)
  assert.ok(performance.now() - began < 10_000)
  assert.doesNotMatch(await answer(), /<\/html>/)
})

test('whoever asks twice is not made to wait', async t => {
  const forum = startForum(t)
  await halfSent(t, forum)
  forum.signal('SIGINT')
  await forum.says(/"stopping"/)
  assert.equal(await forum.end('SIGINT'), 1)
})
