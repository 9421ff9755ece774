import { after } from 'node:test'
import pg from 'pg'
import { installPages } from '../../../src/features/pages/index.ts'
import { installDefaults } from '../../../src/features/posts/index.ts'
import { migrate, openStore, type Store } from '../../../src/platform/store/index.ts'
import { type PostgresServer, startPostgres } from './server.ts'

/** Where the server of the whole run listens; test/run.mjs sets it. */
export const serverVariable = 'STOA_TEST_POSTGRES'

/** What a new database has: nothing, the tables, or what a forum writes into them at its first start, too. */
export type Template = 'empty' | 'migrated' | 'furnished'

const templates = { empty: 'template0', migrated: 'stoa_migrated', furnished: 'stoa_furnished' } as const

let own: Promise<PostgresServer> | undefined

/** The run's server, or, for a test file run by itself, one that lives as long as the file. */
async function serverUrl(): Promise<string> {
  const shared = process.env[serverVariable]
  if (shared) return shared
  own ??= startOwn()
  return (await own).url
}

after(async () => {
  await dropping
  for (const client of await Promise.all(administrators.values())) await client.end()
  await (await own)?.stop()
})

async function startOwn(): Promise<PostgresServer> {
  const server = await startPostgres()
  await makeTemplates(server.url)
  return server
}

/** Databases to copy from: much quicker than making each. */
export async function makeTemplates(url: string): Promise<void> {
  const { migrated, furnished } = templates
  await letKernelCopy(url)
  await command(url, `create database ${migrated}`)
  await fill(databaseUrl(url, migrated), migrate)
  await command(url, `create database ${furnished} template ${migrated} strategy file_copy`)
  await fill(databaseUrl(url, furnished), furnish)
}

/** Where the kernel copies files by itself, whoever connects from now on has databases copied so, in half the time. */
async function letKernelCopy(url: string): Promise<void> {
  const client = await connect(url)
  try {
    await client.query('set file_copy_method = clone')
    await client.query('create database stoa_probe template template0 strategy file_copy')
    await client.query('drop database stoa_probe')
    await client.query('alter database postgres set file_copy_method = clone')
  } catch {
    // What it did until now it goes on doing.
  } finally {
    await client.end()
  }
}

async function fill(url: string, act: (store: Store) => Promise<unknown>): Promise<void> {
  const store = await openStore({ kind: 'postgres', url })
  try {
    await act(store)
  } finally {
    await store.close()
  }
}

/** As at the first start of a forum. */
export async function furnish({ db }: Store): Promise<void> {
  await installDefaults(db)
  await installPages(db)
}

let made = 0

/** A database, and how to take it away with whoever is still connected. */
export type Database = { readonly url: string; readonly drop: () => void }

/** A new database. */
export async function newDatabase(template: Template): Promise<Database> {
  return copyOf(templates[template])
}

/** The same database once more, as long as nobody is connected to it. */
export async function copyDatabase(url: string): Promise<Database> {
  return copyOf(new URL(url).pathname.slice(1))
}

async function copyOf(template: string): Promise<Database> {
  const server = await serverUrl()
  const name = `test_${process.pid}_${++made}`
  await command(server, `create database ${name} template ${template} strategy file_copy`)
  return { url: databaseUrl(server, name), drop: () => drop(server, name) }
}

let dropping = Promise.resolve()

/** PostgreSQL waits a tenth of a second when somebody has hung up only now: the next test does not wait with it. */
function drop(server: string, name: string): void {
  dropping = dropping.then(() => command(server, `drop database ${name} with (force)`, 'drops'))
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** One connection for each kind of work: making another takes as long as making a database. */
const administrators = new Map<string, Promise<pg.Client>>()

async function command(url: string, sql: string, work: 'makes' | 'drops' = 'makes'): Promise<void> {
  const client = administrators.get(work) ?? connect(url)
  administrators.set(work, client)
  await (await client).query(sql)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  // Whoever asks next hears of a broken line.
  client.on('error', () => {})
  await client.connect()
  return client
}
