import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** How what comes again by itself went the last time. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('schedules').addColumn('last_run_at', 'bigint').execute()
  await db.schema.alterTable('schedules').addColumn('last_run_ms', 'integer').execute()
  await db.schema.alterTable('schedules').addColumn('last_error', 'text').execute()
  await db.schema.alterTable('schedules').addColumn('last_failed_at', 'bigint').execute()
}
