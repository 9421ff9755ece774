import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { runCommand } from '../../src/cli.ts'
import { installDefaults } from '../../src/features/posts/index.ts'
import type { DatabaseConfig } from '../../src/platform/store/index.ts'
import { type DatabaseKind, knownMigrations, migrate, openStore, type Store } from '../../src/platform/store/index.ts'
import { seed } from '../../src/seed/index.ts'
import { afterwards } from '../support/afterwards.ts'
import { emptyDatabase } from '../support/index.ts'

/** Where a forum lies, or will lie. */
export interface Place {
  readonly dataDir: string
  readonly database: DatabaseConfig
}

export interface Ended {
  readonly code: number
  readonly output: string
}

export function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-commands-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function emptyPlace(t: TestContext, kind: DatabaseKind): Promise<Place> {
  return { dataDir: emptyFolder(t), database: await emptyDatabase(t, kind) }
}

export async function openAt(t: TestContext, { database }: Place): Promise<Store> {
  const store = await openStore(database, { poolSize: 5 })
  afterwards(t, () => store.close())
  return store
}

/** A forum with so many posts, and its open database. */
export async function forumAt(t: TestContext, kind: DatabaseKind, posts = 60): Promise<{ place: Place; store: Store }> {
  const place = await emptyPlace(t, kind)
  const store = await openAt(t, place)
  await migrate(store)
  await installDefaults(store.db)
  await seed(store.db, { members: 6, topics: Math.ceil(posts / 20), posts, random: 1, end: Date.now() })
  return { place, store }
}

/** Runs a command for the forum of that place, in this process. */
export async function stoa({ dataDir, database }: Place, ...args: string[]): Promise<Ended> {
  const lines: string[] = []
  const code = await withEnvironment({ dataDir, database }, () => runCommand(args, line => lines.push(line)))
  return { code, output: lines.join('\n') }
}

/** A command reads the environment before it begins to wait for anything. */
function withEnvironment<T>({ dataDir, database }: Place, act: () => T): T {
  const before = process.env
  const address = database.kind === 'sqlite' ? database.file : database.url
  process.env = { ...before, DATA_DIR: dataDir, DATABASE_URL: address, BCRYPT_COST: '4', SESSION_SECRET: '' }
  try {
    return act()
  } finally {
    process.env = before
  }
}

/** A forum whose database lacks the last migration; its only setting says how many it has. */
export async function olderForum(t: TestContext, kind: DatabaseKind) {
  const folder = emptyFolder(t)
  const all = await knownMigrations()
  const [applied, latest = ''] = [all.slice(0, -1), all.at(-1)]
  for (const name of applied) {
    const real = new URL(`../../migrations/${name}.ts`, import.meta.url).href
    writeFileSync(join(folder, `${name}.ts`), `export * from '${real}'\n`)
  }
  const place = await emptyPlace(t, kind)
  const store = await openAt(t, place)
  await migrate(store, folder)
  await store.db
    .insertInto('settings')
    .values({ key: 'applied', value: JSON.stringify(applied.length) })
    .execute()
  return { place, applied, latest }
}
