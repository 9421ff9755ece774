import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import type { DatabaseConfig } from '../../src/platform/store/index.ts'
import {
  CannotOpen,
  type DatabaseKind,
  migrate,
  openStore,
  pendingMigrations,
  type Store,
} from '../../src/platform/store/index.ts'
import { emptyDatabase, kinds } from '../support/index.ts'

function onBothEmpty(
  name: string,
  act: (t: TestContext, database: DatabaseConfig, kind: DatabaseKind) => Promise<void>,
) {
  for (const kind of kinds) test(`${name} (${kind})`, async t => act(t, await emptyDatabase(t, kind), kind))
}

async function open(t: TestContext, database: DatabaseConfig): Promise<Store> {
  const store = await openStore(database)
  t.after(() => store.close())
  return store
}

/** A folder of migrations, each a body for `up(db)`. */
function folderOf(t: TestContext, migrations: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-migrations-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, body] of Object.entries(migrations)) {
    writeFileSync(join(folder, `${name}.ts`), `export async function up(db: any): Promise<void> { ${body} }\n`)
  }
  return folder
}

const createTable = (name: string) => `await db.schema.createTable('${name}').addColumn('a', 'integer').execute();`

const tables = async ({ db }: Store) => (await db.introspection.getTables()).map(({ name }) => name).sort()

onBothEmpty('A new database gets all tables, and the second time there is nothing to do', async (t, database) => {
  const store = await open(t, database)
  const waiting = await pendingMigrations(store)
  assert.ok(waiting.length > 0)
  assert.deepEqual(await migrate(store), waiting)
  assert.deepEqual(await pendingMigrations(store), [])
  assert.deepEqual(await migrate(store), [])
  assert.ok((await tables(store)).includes('posts'))
})

onBothEmpty('A migration that fails midway changes nothing, and neither do those before it', async (t, database) => {
  const store = await open(t, database)
  const folder = folderOf(t, {
    '0001-good': createTable('good'),
    '0002-bad': `${createTable('half')} throw new Error('in the middle')`,
  })
  await assert.rejects(migrate(store, folder), /in the middle/)
  assert.deepEqual(await tables(store), [])
  writeFileSync(join(folder, '0003-later.ts'), 'export async function up() {}')
  assert.deepEqual(await pendingMigrations(store, folder), ['0001-good', '0002-bad', '0003-later'])
})

onBothEmpty('A database that a newer version made is refused in plain words, untouched', async (t, database) => {
  const store = await open(t, database)
  await migrate(store, folderOf(t, { '0001-a': createTable('a'), '0002-b': createTable('b') }))
  const older = folderOf(t, { '0001-a': createTable('a') })
  await assert.rejects(migrate(store, older), /^DatabaseIsNewer: The database was made by a newer version.*0002-b/)
  assert.deepEqual(await tables(store), ['a', 'b'])
})

onBothEmpty('A file without a way up is named', async (t, database) => {
  const store = await open(t, database)
  const folder = folderOf(t, {})
  writeFileSync(join(folder, '0001-empty.ts'), 'export const down = 1\n')
  await assert.rejects(migrate(store, folder), /0001-empty\.ts must export a function up/)
})

onBothEmpty('Processes that start at once make the tables once', async (t, database) => {
  const door = new URL('../../src/platform/store/index.ts', import.meta.url).href
  const script = `
    import { migrate, openStore } from '${door}'
    const store = await openStore(${JSON.stringify(database)})
    console.log((await migrate(store)).length)
    await store.close()`
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  const said = await Promise.all([start(), start(), start(), start()])
  const store = await open(t, database)
  const counts = said.map(({ stdout }) => Number(stdout)).sort((a, b) => a - b)
  assert.deepEqual(counts.slice(0, 3), [0, 0, 0])
  assert.ok((counts[3] ?? 0) > 0)
  assert.deepEqual(await pendingMigrations(store), [])
})

test('A database that cannot be opened is one line for whoever starts the forum', async t => {
  const folder = folderOf(t, {})
  const cannot = (database: DatabaseConfig, words: RegExp) =>
    assert.rejects(openStore(database), (error: unknown) => {
      assert.ok(error instanceof CannotOpen)
      assert.match(error.message, /^The database cannot be opened: .+$/)
      assert.match(error.message, words)
      return true
    })
  writeFileSync(join(folder, 'text.sqlite'), 'This is a text and no database at all. '.repeat(50))
  await cannot({ kind: 'sqlite', file: join(folder, 'text.sqlite') }, /not a database/)
  await cannot({ kind: 'sqlite', file: folder }, /directory/)
  await cannot({ kind: 'postgres', url: 'postgres://stoa:secret@127.0.0.1:9/stoa' }, /ECONNREFUSED/)
})
