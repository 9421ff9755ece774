import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

const start = join(import.meta.dirname, '../../src/start.mjs')

interface Ended {
  code: number | null
  output: string
}

/** Types a command, with these lines on its standard input. */
async function stoa(t: TestContext, args: readonly string[], folder: string, input = ''): Promise<Ended> {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: '', BCRYPT_COST: '4' }
  const child = spawn(process.execPath, [start, 'cli', ...args], { env })
  t.after(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', text => (output += text))
  child.stderr.on('data', text => (output += text))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-cli-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('whoever asks for help gets the list of commands', async t => {
  const { code, output } = await stoa(t, ['help'], emptyFolder(t))
  assert.equal(code, 0)
  for (const name of ['backup', 'create-admin', 'migrate', 'recount', 'render', 'restore', 'seed', 'verify'])
    assert.match(output, new RegExp(`^ {2}${name}\\b`, 'm'))
})

test('an unknown command, a wrong option and a wrong number are told in a line', async t => {
  const folder = emptyFolder(t)
  assert.equal((await stoa(t, ['sing'], folder)).code, 2)
  const option = await stoa(t, ['seed', '--postss', '4'], folder)
  assert.equal(option.code, 2)
  assert.doesNotMatch(option.output, /\n\s+at /)
  const number = await stoa(t, ['seed', '--posts', 'many'], folder)
  assert.match(number.output, /--posts must be a whole number/)
})

test('an administrator is made with a password from standard input, and a bad one is refused', async t => {
  const folder = emptyFolder(t)
  const args = ['create-admin', '--name', 'Ada Keeper', '--email', 'ada@example.org']
  const weak = await stoa(t, args, folder, 'password\n')
  assert.equal(weak.code, 1)
  const made = await stoa(t, args, folder, 'seven quiet lanterns\n')
  assert.equal(made.code, 0, made.output)
  assert.match(made.output, /Ada Keeper is an administrator/)
  const twice = await stoa(t, args, folder, 'seven quiet lanterns\n')
  assert.equal(twice.code, 1)
})

test('a seeded forum needs no repair, and recount says so', async t => {
  const folder = emptyFolder(t)
  const seeded = await stoa(t, ['seed', '--members', '5', '--topics', '10', '--posts', '60'], folder)
  assert.equal(seeded.code, 0, seeded.output)
  const counted = await stoa(t, ['recount'], folder)
  assert.match(counted.output, /Everything was right/)
  const rendered = await stoa(t, ['render'], folder)
  assert.match(rendered.output, /^0 of an earlier version, 0 of them look different now\.$/m)
})
