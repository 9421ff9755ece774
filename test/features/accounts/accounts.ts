import type { Accounts } from '../../../src/features/accounts/new-member.ts'
import { register } from '../../../src/features/accounts/register.ts'
import { type Settings, writeSettings } from '../../../src/features/settings/index.ts'
import { createHasher } from '../../../src/platform/passwords/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'

export const goodPassword = 'the sky over Delos'
export const home = { address: '192.0.2.7' }

/** What the actions of accounts work with: a store, and passwords hashed at the least cost. */
export function accountsOf(db: Db): Accounts {
  return { db, hasher: createHasher({ cost: 4, waiting: 200 }) }
}

let count = 0

/** A member with this name, an address made from it, and the good password. */
export async function addMember(accounts: Accounts, name: string, email = `someone${++count}@example.org`) {
  const id = await register(accounts, { name, email, password: goodPassword }, { address: `198.51.100.${count % 250}` })
  return { id, name, email }
}

export async function set(db: Db, values: Partial<Settings>): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, values))
}

/** The keys of what an Invalid found, by field. */
export function faultsOf(error: unknown): Record<string, string> {
  const errors = (error as { errors?: Record<string, { key: string }> }).errors ?? {}
  return Object.fromEntries(Object.entries(errors).map(([field, { key }]) => [field, key]))
}
