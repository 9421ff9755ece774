import { sql } from 'kysely'
import { kindOf } from '../dialect.ts'
import type { Db, Tx } from '../transaction.ts'
import type { TableShape } from './tables.ts'

/** The last number that each table gave out, which may be higher than any that is left in it. */
export async function readIdentities(db: Db, tables: readonly TableShape[]): Promise<Record<string, number>> {
  if (kindOf(db) === 'sqlite') {
    const { rows } = await sql<{ name: string; seq: number }>`select name, seq from sqlite_sequence`.execute(db)
    return Object.fromEntries(rows.map(({ name, seq }) => [name, seq]))
  }
  const given: Record<string, number> = {}
  for (const { name } of tables.filter(hasId)) {
    const query = sql<{ last: number | null }>`
      select pg_sequence_last_value(pg_get_serial_sequence(quote_ident(${name}), 'id')::regclass) as last`
    const last = (await query.execute(db)).rows[0]?.last
    if (last) given[name] = last
  }
  return given
}

/** No number that was ever given out is given out again. */
export async function writeIdentities(tx: Tx, tables: readonly TableShape[], given: Readonly<Record<string, number>>) {
  for (const { name } of tables.filter(hasId)) {
    const { rows } = await sql<{ id: number | null }>`select max(id) as id from ${sql.table(name)}`.execute(tx)
    const last = Math.max(given[name] ?? 0, rows[0]?.id ?? 0)
    if (last > 0) await writeIdentity(tx, name, last)
  }
}

function hasId({ columns }: TableShape): boolean {
  return columns.includes('id')
}

async function writeIdentity(tx: Tx, name: string, last: number): Promise<void> {
  if (kindOf(tx) === 'postgres') {
    const sequence = sql`pg_get_serial_sequence(quote_ident(${name}), 'id')`
    await sql`select setval(sequence, ${last}) from ${sequence} as sequence where sequence is not null`.execute(tx)
    return
  }
  await sql`update sqlite_sequence set seq = ${last} where name = ${name}`.execute(tx)
  await sql`
    insert into sqlite_sequence (name, seq) select ${name}, ${last} from sqlite_master
    where type = 'table' and name = ${name} and lower(sql) like '% autoincrement%'
      and not exists (select 1 from sqlite_sequence where name = ${name})`.execute(tx)
}
