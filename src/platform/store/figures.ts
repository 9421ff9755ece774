import { sql } from 'kysely'
import { kindOf } from './dialect.ts'
import type { Db } from './transaction.ts'

export interface DatabaseFigures {
  /** Such as "SQLite 3.50.4". */
  readonly version: string
  /** On the disk, in bytes; of SQLite without what was not yet written into its main file. */
  readonly bytes: number
}

/** Which database this is, and how large: for whoever runs the forum to read. */
export async function databaseFigures(db: Db): Promise<DatabaseFigures> {
  const isPostgres = kindOf(db) === 'postgres'
  const { rows } = await (isPostgres ? postgresFigures : sqliteFigures).execute(db)
  const row = rows[0]
  const name = isPostgres ? 'PostgreSQL' : 'SQLite'
  return { version: `${name} ${row?.version.split(' ', 1)[0] ?? ''}`.trim(), bytes: Number(row?.bytes ?? 0) }
}

type Figures = { version: string; bytes: number | string }

const postgresFigures = sql<Figures>`
  select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`

const sqliteFigures = sql<Figures>`
  select sqlite_version() as version, page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
