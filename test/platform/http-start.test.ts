import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { folderOf } from './http-web.ts'

const start = join(import.meta.dirname, '../../src/start.mjs')

type Started = { child: ChildProcess; out: () => string; error: () => string; code: Promise<number | null> }

/** The forum as its own process, in a folder of its own. */
function startForum(
  t: TestContext,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
  args: string[] = [],
): Started {
  const folder = folderOf(t, files)
  const given = { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(folder, 'data'), ...env }
  const child = spawn(process.execPath, [...args, start], {
    cwd: folder,
    env: given,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { out: '', error: '' }
  child.stdout?.on('data', part => (texts.out += part))
  child.stderr?.on('data', part => (texts.error += part))
  const code = new Promise<number | null>(resolve => child.once('close', resolve))
  t.after(() => child.kill('SIGKILL'))
  return { child, out: () => texts.out, error: () => texts.error, code }
}

async function addressOf({ child, out, error, code }: Started, pattern = /at (http:\S+:\d+)\n/): Promise<string> {
  const ended = code.then(status => assert.fail(`it ended with ${status}: ${out()}${error()}`))
  const said = new Promise<string>(resolve => {
    const look = () => {
      const found = pattern.exec(out())?.[1]
      if (found) resolve(found)
    }
    child.stdout?.on('data', look)
    look()
  })
  return Promise.race([said, ended])
}

test('whoever starts a forum is told where it is and how to set it up, and it stops when asked', async t => {
  const forum = startForum(t)
  const link = await addressOf(forum, /(http:\/\/localhost:\d+\/setup\/\?token=\S+)/)
  const { origin } = new URL(link)
  assert.match(forum.out(), new RegExp(`Stoa is at ${origin}\n`))
  assert.equal((await fetch(`${origin}/healthz`)).status, 200)
  assert.equal((await fetch(`${origin}/readyz`)).status, 200)
  const home = await fetch(origin)
  assert.equal(home.status, 200)
  assert.match(await home.text(), /<html lang="en"/)
  forum.child.kill('SIGTERM')
  assert.equal(await forum.code, 0)
  assert.doesNotMatch(forum.error(), /\S/)
})

test('in production everything but the set-up link is JSON lines', async t => {
  const forum = startForum(t, { NODE_ENV: 'production' })
  const address = await addressOf(forum, /"address":"(http:[^"]+)"/)
  await addressOf(forum, /(\/setup\/\?token=\S+)\n/)
  await (await fetch(`${address}/setup/?token=abcdefg`)).text()
  forum.child.kill('SIGINT')
  assert.equal(await forum.code, 0)
  const lines = forum.out().trim().split('\n')
  assert.equal(lines.filter(line => !line.startsWith('{')).length, 1)
  const answered = lines
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))
    .find(line => line.msg === 'answered')
  assert.equal(answered.path, '/setup/?token=***')
  assert.equal(typeof answered.request, 'string')
})

test('a wrong variable ends the start with one line that names it', async t => {
  const forum = startForum(t, {}, { '.env': 'TRUST_PROXY=everyone\n' })
  assert.equal(await forum.code, 1)
  assert.match(forum.error(), /^TRUST_PROXY must be .*\n$/)
})

test('a port that is taken ends the start with one line', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  t.after(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const forum = startForum(t, { PORT: String(port) })
  assert.equal(await forum.code, 1)
  assert.match(forum.error(), new RegExp(`^PORT: something else is listening on 127\\.0\\.0\\.1:${port}.*\n$`))
})

test('an old Node is refused in plain words before anything is loaded', async t => {
  const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.11.0"})'
  const forum = startForum(t, {}, {}, ['--import', old])
  assert.equal(await forum.code, 1)
  assert.match(forum.error(), /^Stoa needs Node 24 or later, and this is Node 20\.11\.0\..*\n$/)
})
