import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What members download of their own, whom to tell that they are gone, and the way to what has to be erased in time. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createExports(db)
  await createFarewells(db)
  await createIndexes(db)
}

async function createIndexes(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createIndex('posts_address')
    .on('posts')
    .columns(['created_at', 'address'])
    .where('address', 'is not', null)
    .execute()
  for (const column of ['edited_by_id', 'recommended_by_id'] as const)
    await db.schema
      .createIndex(`posts_${column.replace('_id', '')}`)
      .on('posts')
      .column(column)
      .where(column, 'is not', null)
      .execute()
  await db.schema.createIndex('post_versions_replaced_by').on('post_versions').column('replaced_by_id').execute()
}

async function createExports(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('exports')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('asked_by_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('progress', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('total', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('file', 'text')
    .addColumn('size', 'bigint')
    .addColumn('ready_at', 'bigint')
    .execute()
  await db.schema.createIndex('exports_member').on('exports').column('member_id').execute()
  await db.schema.createIndex('exports_asked_by').on('exports').column('asked_by_id').execute()
}

async function createFarewells(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('farewells')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('email', 'text', column => column.notNull())
    .addColumn('locale', 'text')
    .addColumn('by_staff', 'integer', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
}
