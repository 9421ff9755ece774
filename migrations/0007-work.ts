import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Background work and the counters of rate limits. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('jobs')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('payload', 'text', column => column.notNull())
    .addColumn('key', 'text', column => column.unique())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('run_at', 'bigint', column => column.notNull())
    .addColumn('attempts', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('claimed_until', 'bigint')
    .addColumn('error', 'text')
    .addColumn('failed_at', 'bigint')
    .execute()
  await db.schema.createIndex('jobs_due').on('jobs').columns(['failed_at', 'run_at']).execute()
  await db.schema
    .createTable('schedules')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('next_run_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('rate_limits')
    .addColumn('key', 'text', column => column.primaryKey())
    .addColumn('points', 'integer', column => column.notNull())
    .addColumn('expires_at', 'bigint')
    .execute()
  await db.schema.createIndex('rate_limits_expires').on('rate_limits').column('expires_at').execute()
}
