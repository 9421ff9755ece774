import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import type { DatabaseConfig } from '../../src/platform/store/index.ts'
import { type DatabaseKind, type Db, migrate, openStore, type Store } from '../../src/platform/store/index.ts'
import { afterwards } from './afterwards.ts'
import { furnish, newDatabase, type Template } from './postgres/databases.ts'

export type TestStore = { store: Store; db: Db; kind: DatabaseKind; t: TestContext }

export const kinds: readonly DatabaseKind[] = ['sqlite', 'postgres']

/** One test for each database, each with a fresh store whose tables are made. */
export function onBothDatabases(name: string, act: (given: TestStore) => unknown): void {
  for (const kind of kinds) {
    test(`${name} (${kind})`, async t => {
      const store = await freshStore(t, kind)
      await act({ store, db: store.db, kind, t })
    })
  }
}

/** A database of its own, with its tables or with what a forum comes with, too, on SQLite in memory; gone when the test is over. */
export async function freshStore(
  t: TestContext,
  kind: DatabaseKind = 'sqlite',
  template: Template = 'migrated',
): Promise<Store> {
  if (kind === 'sqlite') {
    const store = await openStore({ kind, file: ':memory:' }, { image: await imageLike(template) })
    afterwards(t, () => store.close())
    return store
  }
  const { url, drop } = await newDatabase(template)
  const store = await openStore({ kind, url }, { poolSize: 5 })
  afterwards(t, async () => {
    await store.close()
    await drop()
  })
  return store
}

/** An empty database which several stores or processes can open; on SQLite a file. */
export async function emptyDatabase(t: TestContext, kind: DatabaseKind): Promise<DatabaseConfig> {
  if (kind === 'postgres') {
    const { url, drop } = await newDatabase('empty')
    t.after(drop)
    return { kind, url }
  }
  const folder = mkdtempSync(join(tmpdir(), 'stoa-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return { kind, file: join(folder, 'stoa.sqlite') }
}

/** A forum's database as after its first start, which other processes and threads can open; on SQLite a file. */
export async function furnishedDatabase(t: TestContext, kind: DatabaseKind): Promise<DatabaseConfig> {
  if (kind === 'postgres') {
    const { url, drop } = await newDatabase('furnished')
    t.after(drop)
    return { kind, url }
  }
  const database = await emptyDatabase(t, kind)
  if (database.kind === 'sqlite') writeFileSync(database.file, await imageLike('furnished'))
  return database
}

const images = new Map<Template, Promise<Buffer>>()

function imageLike(template: Template): Promise<Buffer> {
  const image = images.get(template) ?? makeImage(template)
  images.set(template, image)
  return image
}

async function makeImage(template: Template): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-test-'))
  try {
    const file = join(folder, 'template.sqlite')
    const store = await openStore({ kind: 'sqlite', file })
    await migrate(store)
    if (template === 'furnished') await furnish(store)
    await store.close()
    return imageOf(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Memory knows no write-ahead log. */
function imageOf(file: string): Buffer {
  const database = new Database(file)
  database.pragma('journal_mode = DELETE')
  const bytes = database.serialize()
  database.close()
  return bytes
}
