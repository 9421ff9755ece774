import { setImmediate } from 'node:timers/promises'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { type AddressColumn, deleteBlockedAddresses, eraseAddressesBefore } from './queries/addresses.ts'

/** Wherever the network address of somebody is written down: adding such a column is adding a line. */
export const addressColumns: readonly AddressColumn[] = [
  { table: 'posts', key: 'id', column: 'address', since: 'created_at' },
  { table: 'claims', key: 'id', column: 'address', since: 'created_at' },
  { table: 'sessions', key: 'id', column: 'address', since: 'created_at' },
  { table: 'remember_tokens', key: 'id', column: 'address', since: 'created_at' },
  { table: 'contact_messages', key: 'id', column: 'address', since: 'created_at' },
  { table: 'reports', key: 'id', column: 'address', since: 'created_at' },
  { table: 'members', key: 'id', column: 'pending_address', since: 'joined_at' },
]

const day = 24 * 60 * 60_000
/** Rows at a time: nobody waits for long behind them. */
const portion = 500

/**
 * Erases network addresses that are older than the forum keeps them, those that may not register included; says how many.
 * Blocked ranges stay: they are nobody's address.
 */
export async function eraseAddresses(db: Db, now = Date.now()): Promise<number> {
  const before = now - (await settings(db)).address_days * day
  let erased = await deleteBlockedAddresses(db, before)
  for (const column of addressColumns) erased += await eraseColumn(db, column, before)
  return erased
}

async function eraseColumn(db: Db, column: AddressColumn, before: number): Promise<number> {
  for (let erased = 0; ; await setImmediate()) {
    const rows = await eraseAddressesBefore(db, column, before, portion)
    erased += rows
    if (rows < portion) return erased
  }
}
