import { sql } from 'kysely'
import type { Db, Tables } from '../../../platform/store/index.ts'

/** A column that holds network addresses, what its row is known by, and since when it has been there. */
export interface AddressColumn {
  readonly table: keyof Tables
  readonly key: string
  readonly column: string
  readonly since: string
}

/** Empties the column in at most so many rows that are older; how many it were. */
export async function eraseAddressesBefore(
  db: Db,
  { table, key, column, since }: AddressColumn,
  before: number,
  limit: number,
): Promise<number> {
  const [rows, id, address, at] = [sql.table(table), sql.ref(key), sql.ref(column), sql.ref(since)]
  const old = sql`select ${id} from ${rows} where ${address} is not null and ${at} < ${before} limit ${limit}`
  const { numAffectedRows } = await sql`update ${rows} set ${address} = null where ${id} in (${old})`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Lets go of single addresses that were blocked before; how many. */
export async function deleteBlockedAddresses(db: Db, before: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('blocks')
    .where('kind', '=', 'address')
    .where('pattern', 'not like', '%/%')
    .where('pattern', 'not like', '%*%')
    .where('created_at', '<', before)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
