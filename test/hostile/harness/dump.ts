import { sql } from 'kysely'
import type { Db } from '../../../src/platform/store/index.ts'

type Row = Readonly<Record<string, unknown>>
/** Every row of every table, as text. */
export type Dump = ReadonlyMap<string, readonly string[]>

/** Columns, or whole tables, that may change. */
type Free = Readonly<Record<string, readonly string[] | 'all'>>

/** Nothing may change. */
export const everything: Free = {}

/** What reading may change: how often and until when something was read, and that somebody is there. */
const readingChanges: Free = {
  topic_reads: 'all',
  forum_reads: 'all',
  rate_limits: 'all',
  topics: ['views', 'revision'],
  forums: ['revision'],
  revisions: ['counts', 'online', 'online_key'],
  members: ['last_seen_at'],
  sessions: ['touched_at', 'expires_at', 'data'],
  follows: ['mailed_at'],
}

/** The whole database but for what may change. */
export async function dumpOf(db: Db, mayChange = readingChanges): Promise<Dump> {
  const tables = (await db.introspection.getTables()).map(({ name }) => name).sort()
  const dump = new Map<string, string[]>()
  for (const table of tables) {
    const free = mayChange[table] ?? []
    if (free === 'all') continue
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(db)
    dump.set(table, rows.map(row => JSON.stringify(without(row, free))).sort())
  }
  return dump
}

/** What stands in one dump and not in the other, a line for each row. */
export function differences(before: Dump, after: Dump): string[] {
  return [...before.keys()].flatMap(table => {
    const [old, now] = [new Set(before.get(table)), new Set(after.get(table))]
    const gone = [...old].filter(row => !now.has(row)).map(row => `- ${table} ${row}`)
    const come = [...now].filter(row => !old.has(row)).map(row => `+ ${table} ${row}`)
    return [...gone, ...come]
  })
}

function without(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
}
