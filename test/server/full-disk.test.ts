import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import sharp from 'sharp'
import { ask } from '../bench/ask.ts'
import { type Place, stoa } from '../commands/stoa.ts'
import { fill, smallDisk } from './disk.ts'
import { folderWith, startForum } from './process.ts'
import { furnish, send, signIn } from './writers.ts'

const megabytes = 6
/** What is asked for again and again, each time with lines in the log that have no room. */
const times = process.env.STOA_LONG === '1' ? 200 : 50
const startScript = join(import.meta.dirname, '../../src/start.mjs')
const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const

/** How room runs out, and is there again. */
type Shortage = {
  begin(): void
  /** Not even a small file has room. */
  tighten(): void
  end(): void
  /** What else is started meanwhile has no more room than the forum. */
  readonly under: readonly string[]
}

/** The disk is full to the last byte. */
function fullDisk(disk: string): Shortage {
  const ballast = join(disk, 'ballast')
  return { begin: () => fill(ballast), tighten: () => fill(ballast), end: () => rmSync(ballast), under: [] }
}

/** Where no disk can be mounted: no file of the forum may grow beyond what the largest of them has. */
function quota(pid: number, files: readonly string[]): Shortage {
  const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  const largest = () => Math.max(...files.map(file => statSync(file, { throwIfNoEntry: false })?.size ?? 0))
  const under = ['prlimit', '--fsize=4096']
  return { begin: () => limit(String(largest())), tighten: () => limit('0'), end: () => limit('unlimited'), under }
}

const reply = (body: string) => ({ body, format: 'markdown', submission: `form of ${body}`.slice(0, 40) })

/** Members who come back after a while: one who is yet to be told something, and one whose browser is remembered. */
async function comingBack(t: TestContext, place: Place, file: string): Promise<string[]> {
  const before = startForum(t, { ...place, folder: place.dataDir, env: { DATA_DIR: place.dataDir } })
  const url = await before.listens()
  const [bea, carl] = [await signIn(url), await signIn(url, 'Carl', { remember: '1' })]
  assert.equal((await send(url, '/account/sessions/end', { place: '' }, { cookie: bea })).status, 303)
  await before.end()
  const database = new Database(file)
  database.exec(`update sessions set touched_at = 1; update members set last_seen_at = 1`)
  database.exec(`update members set group_id = (select id from groups where standing = 1000) where name = 'Dora'`)
  database.close()
  assert.match(carl, /stoa_remember/)
  return [bea, carl.replace(/stoa_session=[^;]*/, 'none=')]
}

/** Another process, as whoever runs the forum starts it. */
async function makeBackup(place: Place, file: string, { under }: Shortage): Promise<{ code: number; said: string }> {
  const [program = '', ...args] = [...under, process.execPath, startScript, 'cli', 'backup', file]
  const env = { ...process.env, DATA_DIR: place.dataDir, DATABASE_URL: join(place.dataDir, 'stoa.sqlite') }
  const command = promisify(execFile)(program, args, { env, cwd: place.dataDir })
  return command.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  )
}

async function sendLogo(url: string, cookie: string): Promise<Response> {
  return sendPicture(`${url}/admin/settings/appearance/logo`, 'logo', cookie)
}

async function sendPicture(url: string, field: string, cookie: string): Promise<Response> {
  const body = new FormData()
  const picture = sharp({ create: { width: 300, height: 80, channels: 3, background: 'teal', noise: noise } })
  body.set(field, new Blob([new Uint8Array(await picture.png().toBuffer())]), 'picture.png')
  const headers = { cookie, origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', accept: 'text/html' }
  return fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
}

test('on a full disk people read on and are told why nothing is kept, until there is room again', async t => {
  const mounted = smallDisk(t, megabytes)
  const disk = mounted ?? folderWith(t)
  const place: Place = { dataDir: disk, database: { kind: 'sqlite', file: join(disk, 'stoa.sqlite') } }
  await furnish(place)
  mkdirSync(join(disk, 'files'))
  const cameBack = await comingBack(t, place, join(disk, 'stoa.sqlite'))
  const log = join(disk, 'log')
  const forum = startForum(t, { ...place, folder: disk, log, env: { DATA_DIR: disk } })
  const url = await forum.listens()
  const [cookie, admin] = [await signIn(url), await signIn(url, 'Dora')]
  const write = (body: string) => send(url, '/topic/1/reply', reply(body), { cookie })
  assert.equal((await write('Before')).status, 303)
  const topic = String((await ask(`${url}/topic/1`)).headers.location)

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
  shortage.tighten()
  for (const path of ['/', topic, '/account/', '/']) {
    for (const one of cameBack) {
      const { status, body } = await ask(url + path, { headers: { cookie: one } })
      assert.ok(status < 400, `${path}: ${status}`)
      if (one === cameBack[0] && status === 200)
        assert.match(String(body), /Signed out there/, 'it is said until that can be written down')
    }
  }
  for (let time = 0; time < times; time++) {
    for (const path of ['/', topic, '/login/']) {
      for (const headers of [{}, { cookie }] as Record<string, string>[])
        assert.ok((await ask(url + path, { headers })).status < 400, path)
    }
  }

  const upload = await sendLogo(url, admin)
  assert.equal(upload.status, 503)
  assert.match(await upload.text(), /no room left/)
  const image = await sendPicture(`${url}/attachments`, 'file', cookie)
  assert.deepEqual([image.status, image.headers.get('retry-after')], [503, '60'])
  assert.match(await image.text(), /no room left/)
  assert.deepEqual(readdirSync(join(disk, 'files')), [])
  const copy = join(disk, 'forum.stoa')
  const backup = await makeBackup(place, copy, shortage)
  assert.equal(backup.code, 2, backup.said)
  assert.match(backup.said, /^.*forum[.]stoa cannot be written: (ENOSPC|EFBIG): .*$/m)
  assert.deepEqual(
    readdirSync(disk).filter(name => name.startsWith('forum.stoa')),
    [],
  )

  shortage.end()
  assert.equal((await sendLogo(url, admin)).status, 303)
  assert.equal((await sendPicture(`${url}/attachments`, 'file', cookie)).status, 201)
  assert.equal((await ask(`${url}/`, { headers: { cookie: cameBack[1] ?? '' } })).status, 200)
  assert.equal((await write('Afterwards')).status, 303)
  assert.equal(await forum.end(), 0)
  assert.equal(forum.errors, '')
  assert.match(readFileSync(log, 'utf8'), /SQLITE_FULL|SQLITE_IOERR|ENOSPC|EFBIG/)
  assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })
})
