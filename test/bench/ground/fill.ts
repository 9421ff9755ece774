import pino from 'pino'
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { createAdmin, register } from '../../../src/features/accounts/index.ts'
import { updateMember } from '../../../src/features/members/index.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { createHasher } from '../../../src/platform/passwords/index.ts'
import { type DatabaseConfig, type Db, inTransaction, migrate, openStore } from '../../../src/platform/store/index.ts'
import { seed } from '../../../src/seed/index.ts'
import type { Options } from '../options.ts'

export type Person = { readonly name: string; readonly email: string; readonly password: string }

/** Members who sign in during the run; those whom the seed makes cannot. */
export const people: readonly Person[] = ['Bea', 'Carl', 'Dora', 'Emil', 'Fay', 'Gus', 'Hilda', 'Ivan'].map(name => ({
  name,
  email: `${name.toLowerCase()}@bench.example`,
  password: 'seven walruses in the attic',
}))

const day = 24 * 60 * 60 * 1000

/** Makes a forum with so many posts in a new database, its settings such that nobody is told to write less. */
export async function fill(database: DatabaseConfig, dataDir: string, { posts, random }: Options): Promise<void> {
  const config = { ...readConfig({ DATA_DIR: dataDir }), database }
  const store = await openStore(database)
  await migrate(store)
  const app = await createApp({ config, store, logger: pino({ level: 'silent' }) })
  await addPeople(store.db, config.bcryptCost)
  const end = Math.floor(Date.now() / day) * day
  const members = Math.max(500, Math.round(posts / 200))
  await seed(store.db, { posts, members, topics: Math.round(posts / 20), random, end })
  await app.close()
  await store.close()
}

/** At the cost that the forum asks for, so that signing in costs what it costs elsewhere. */
async function addPeople(db: Db, cost: number): Promise<void> {
  const accounts = { db, hasher: createHasher({ cost }) }
  await createAdmin(accounts, { name: 'Ada', email: 'ada@bench.example', password: 'nine owls in the cellar' })
  await inTransaction(db, tx => writeSettings(tx, { posts_per_hour: 10_000, minimum_time: false }))
  for (const person of people) {
    const id = await register(accounts, person, { address: '198.18.0.1' })
    // They have been here for a while, so that some of what is there is new to them.
    await inTransaction(db, tx => updateMember(tx, id, { read_all_at: Date.now() - 30 * day }))
  }
}
