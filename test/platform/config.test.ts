import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { ConfigError, readConfig } from '../../src/config.ts'

const home = mkdtempSync(join(tmpdir(), 'stoa-config-'))
after(() => rmSync(home, { recursive: true }))

const dataDir = join(home, 'data')
const read = (env: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, ...env })

test('With nothing set the forum runs on this machine alone, on a file', () => {
  const { sessionSecret, ...rest } = read()
  assert.ok(sessionSecret.length >= 32)
  assert.deepEqual(rest, {
    port: 3000,
    host: '127.0.0.1',
    baseUrl: undefined,
    dataDir,
    database: { kind: 'sqlite', file: join(dataDir, 'stoa.sqlite') },
    trustProxy: 'loopback',
    smtpUrl: undefined,
    logLevel: 'info',
    bcryptCost: 12,
    production: false,
  })
  assert.ok(Object.isFrozen(read()))
})

test('What is set is what counts, and an empty line counts as not set', () => {
  const config = read({
    PORT: '8080',
    HOST: '0.0.0.0',
    BASE_URL: 'https://Forum.example.org/',
    DATABASE_URL: 'postgres://stoa:secret@localhost:5432/stoa',
    SESSION_SECRET: 'x'.repeat(32),
    TRUST_PROXY: 'loopback, 10.0.0.0/8',
    LOG_LEVEL: ' ',
    NODE_ENV: 'production',
  })
  assert.equal(config.port, 8080)
  assert.equal(config.baseUrl, 'https://forum.example.org')
  assert.deepEqual(config.database, { kind: 'postgres', url: 'postgres://stoa:secret@localhost:5432/stoa' })
  assert.equal(config.sessionSecret, 'x'.repeat(32))
  assert.equal(config.trustProxy, 'loopback,10.0.0.0/8')
  assert.equal(config.logLevel, 'info')
  assert.ok(config.production)
})

test('A database file may be given as a path or an address', () => {
  for (const url of [join(home, 'a.db'), `sqlite:${join(home, 'a.db')}`, `file://${join(home, 'a.db')}`]) {
    assert.deepEqual(read({ DATABASE_URL: url }).database, { kind: 'sqlite', file: join(home, 'a.db') })
  }
  assert.deepEqual(read({ DATABASE_URL: ':memory:' }).database, { kind: 'sqlite', file: ':memory:' })
})

const mistakes = [
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['HOST', 'not a host'],
  ['BASE_URL', 'forum.example.org'],
  ['BASE_URL', 'https://example.org/forum'],
  ['DATABASE_URL', 'mysql://secret@localhost/stoa'],
  ['DATABASE_URL', 'postgres://secret@localhost'],
  ['SMTP_URL', 'mail.example.org'],
  ['SMTP_URL', 'smtp://name:secret@mail.example.org/?pool=true'],
  ['SESSION_SECRET', 'secret'],
  ['TRUST_PROXY', 'everybody'],
  ['TRUST_PROXY', '10.0.0.0/99'],
  ['LOG_LEVEL', 'loud'],
  ['BCRYPT_COST', '3'],
] as const

for (const [name, value] of mistakes) {
  test(`The start stops with one line about ${name} when it is ${value}`, () => {
    assert.throws(
      () => read({ [name]: value }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, new RegExp(`^${name} must be .+$`))
        assert.doesNotMatch(error.message, /secret/)
        return true
      },
    )
  })
}

test('The start stops when the data directory is a file', () => {
  const file = join(home, 'file')
  writeFileSync(file, '')
  assert.throws(() => readConfig({ DATA_DIR: file }), /^ConfigError: DATA_DIR must be a directory/)
  assert.throws(() => readConfig({ DATA_DIR: join(file, 'below') }), /^ConfigError: DATA_DIR must be a directory/)
})

test('The generated secret is kept, for its owner alone', () => {
  const first = read().sessionSecret
  assert.equal(read().sessionSecret, first)
  assert.equal(statSync(join(dataDir, 'session-secret')).mode & 0o777, 0o600)
  assert.equal(readFileSync(join(dataDir, 'session-secret'), 'utf8').trim(), first)
})

test('A secret file that was cut off is not trusted', () => {
  const directory = mkdtempSync(join(home, 'short-'))
  writeFileSync(join(directory, 'session-secret'), 'short')
  chmodSync(join(directory, 'session-secret'), 0o600)
  assert.throws(() => readConfig({ DATA_DIR: directory }), /^ConfigError: SESSION_SECRET must be .*session-secret/)
})

test('Processes that start at once share one secret and leave nothing else behind', async () => {
  const directory = mkdtempSync(join(home, 'race-'))
  const source = new URL('../../src/config.ts', import.meta.url).href
  const script = `import { readConfig } from '${source}'; process.stdout.write(readConfig(process.env).sessionSecret)`
  const start = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, SESSION_SECRET: '', DATA_DIR: directory },
    })
  const secrets = await Promise.all([start(), start(), start(), start()])
  assert.equal(new Set(secrets.map(({ stdout }) => stdout)).size, 1)
  assert.deepEqual(readdirSync(directory), ['session-secret'])
})
