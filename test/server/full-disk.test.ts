import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ask } from '../bench/ask.ts'
import { type Place, stoa } from '../commands/stoa.ts'
import { afterwards } from '../support/afterwards.ts'
import { folderWith, startForum } from './process.ts'
import { furnish, send, signIn } from './writers.ts'

const megabytes = 6

/** A disk of a few megabytes; undefined where nobody lets us have one. */
function smallDisk(t: TestContext): string | undefined {
  const folder = folderWith(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  afterwards(t, () => void execFileSync('umount', ['--lazy', folder]))
  return folder
}

/** How room runs out, and is there again. */
type Shortage = { begin(): void; end(): void }

/** The disk is full to the last byte. */
function fullDisk(disk: string): Shortage {
  const ballast = join(disk, 'ballast')
  return { begin: () => fill(ballast), end: () => rmSync(ballast) }
}

/** Where no disk can be mounted: no file of the forum may grow beyond what the largest of them has. */
function quota(pid: number, files: readonly string[]): Shortage {
  const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  const largest = () => Math.max(...files.map(file => statSync(file, { throwIfNoEntry: false })?.size ?? 0))
  return { begin: () => limit(String(largest())), end: () => limit('unlimited') }
}

/** Takes all room that is left, to the last byte. */
function fill(file: string): void {
  for (const size of [65_536, 512, 1]) {
    const descriptor = openSync(file, 'a')
    try {
      for (;;) writeFileSync(descriptor, 'x'.repeat(size))
    } catch (error) {
      assert.equal(Object(error).code, 'ENOSPC')
    } finally {
      closeSync(descriptor)
    }
  }
}

const reply = (body: string) => ({ body, format: 'markdown', submission: `form of ${body}`.slice(0, 40) })

test('on a full disk people read on and are told why nothing is kept, until there is room again', async t => {
  const mounted = smallDisk(t)
  const disk = mounted ?? folderWith(t)
  const place: Place = { dataDir: disk, database: { kind: 'sqlite', file: join(disk, 'stoa.sqlite') } }
  await furnish(place)
  const log = join(disk, 'log')
  const forum = startForum(t, { ...place, folder: disk, log })
  const url = await forum.listens()
  const cookie = await signIn(url)
  const write = (body: string) => send(url, '/topic/1/reply', reply(body), { cookie })
  assert.equal((await write('Before')).status, 303)

  const files = ['stoa.sqlite', 'stoa.sqlite-wal', 'log'].map(name => join(disk, name))
  const shortage = mounted ? fullDisk(mounted) : quota(forum.pid, files)
  shortage.begin()
  const texts: string[] = []
  let refused = await write('While there may be room in the log of the database')
  while (refused.status === 303) {
    texts.push(`Still taken, number ${texts.length} ${'and long '.repeat(400)}`)
    refused = await write(texts.at(-1) ?? '')
  }
  assert.equal(refused.status, 503)
  assert.equal(refused.headers['retry-after'], '60')
  assert.match(String(refused.body), /no room left/)
  assert.match(String(refused.body), /Still taken, number|While there may be room/)
  const guest = await send(url, '/topic/1/reply', { body: 'Said by a guest', format: 'markdown' })
  assert.equal(guest.status, 503)
  assert.match(String(guest.body), /no room left/)
  assert.match(String(guest.body), /Said by a guest/)
  for (let time = 0; time < 200; time++) {
    for (const path of ['/', '/topic/1-welcome/', '/login/']) {
      for (const headers of [{}, { cookie }] as Record<string, string>[])
        assert.ok((await ask(url + path, { headers })).status < 400, path)
    }
  }

  shortage.end()
  assert.equal((await write('Afterwards')).status, 303)
  assert.equal(await forum.end(), 0)
  assert.equal(forum.errors, '')
  assert.match(readFileSync(log, 'utf8'), /SQLITE_FULL|SQLITE_IOERR|ENOSPC|EFBIG/)
  assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })
})
