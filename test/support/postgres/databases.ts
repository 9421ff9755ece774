import { after } from 'node:test'
import pg from 'pg'
import { migrate, openStore } from '../../../src/platform/store/index.ts'
import { type PostgresServer, startPostgres } from './server.ts'

/** Where the server of the whole run listens; test/run.mjs sets it. */
export const serverVariable = 'STOA_TEST_POSTGRES'

const template = 'stoa_template'

let own: Promise<PostgresServer> | undefined

/** The run's server, or, for a test file run by itself, one that lives as long as the file. */
async function serverUrl(): Promise<string> {
  const shared = process.env[serverVariable]
  if (shared) return shared
  own ??= startOwn()
  return (await own).url
}

after(async () => {
  await (await administrator)?.end()
  await (await own)?.stop()
})

async function startOwn(): Promise<PostgresServer> {
  const server = await startPostgres()
  await makeTemplate(server.url)
  return server
}

/** A migrated database to copy from: much quicker than migrating each. */
export async function makeTemplate(url: string): Promise<void> {
  await command(url, `create database ${template}`)
  const store = await openStore({ kind: 'postgres', url: databaseUrl(url, template) })
  try {
    await migrate(store)
  } finally {
    await store.close()
  }
}

let made = 0

/** A new database, migrated or empty; `drop` takes it away with whoever is still connected. */
export async function newDatabase(migrated: boolean): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await serverUrl()
  const name = `test_${process.pid}_${++made}`
  await command(server, `create database ${name} template ${migrated ? template : 'template0'} strategy file_copy`)
  return { url: databaseUrl(server, name), drop: () => command(server, `drop database ${name} with (force)`) }
}

/** The same database once more, as long as nobody is connected to it; `drop` as above. */
export async function copyDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await serverUrl()
  const name = `test_${process.pid}_${++made}`
  const from = new URL(url).pathname.slice(1)
  await command(server, `create database ${name} template ${from} strategy file_copy`)
  return { url: databaseUrl(server, name), drop: () => command(server, `drop database ${name} with (force)`) }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

let administrator: Promise<pg.Client> | undefined

/** One connection for all of them: making another takes as long as making a database. */
async function command(url: string, sql: string): Promise<void> {
  administrator ??= connect(url)
  await (await administrator).query(sql)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  // Whoever asks next hears of a broken line.
  client.on('error', () => {})
  await client.connect()
  return client
}
