import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What holds everywhere: revisions, settings, groups and their permissions. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('revisions')
    .addColumn('id', 'integer', column => column.primaryKey())
    .addColumn('shell', 'bigint', column => column.notNull())
    .addColumn('permissions', 'bigint', column => column.notNull())
    .addColumn('counts', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .execute()
  await db.schema
    .createTable('groups')
    .$call(identity(db))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('name_key', 'text', column => column.notNull().unique())
    .addColumn('standing', 'integer', column => column.notNull())
    .addColumn('edit_minutes', 'integer')
    .addColumn('guest_posting', 'text')
    .execute()
  await db.schema
    .createTable('permissions')
    .addColumn('forum_id', 'integer', column => column.notNull())
    .addColumn('group_id', 'integer', column => column.notNull().references('groups.id').onDelete('cascade'))
    .addColumn('verb', 'text', column => column.notNull())
    .addColumn('allowed', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('permissions_pkey', ['forum_id', 'group_id', 'verb'])
    .execute()
  await insertGroups(db)
}

async function insertGroups(db: Kysely<Tables>): Promise<void> {
  await db.insertInto('revisions').values({ id: 1, shell: 1, permissions: 1, counts: 1 }).execute()
  const group = { edit_minutes: null, guest_posting: null }
  const groups = await db
    .insertInto('groups')
    .values([
      { ...group, kind: 'guests', name: 'Guests', name_key: 'guests', standing: 0, guest_posting: 'claim' },
      { ...group, kind: 'members', name: 'Members', name_key: 'members', standing: 10, edit_minutes: 1440 },
      { ...group, kind: 'custom', name: 'Moderators', name_key: 'moderators', standing: 100 },
      { ...group, kind: 'administrators', name: 'Administrators', name_key: 'administrators', standing: 1000 },
    ])
    .returning(['id', 'kind'])
    .execute()
  const verbs = { guests: ['read'], others: ['read', 'start', 'reply', 'publish', 'edit', 'delete'] }
  await db
    .insertInto('permissions')
    .values(
      groups.flatMap(({ id, kind }) =>
        (kind === 'guests' ? verbs.guests : verbs.others).map(verb => ({
          forum_id: 0,
          group_id: id,
          verb,
          allowed: 1 as const,
        })),
      ),
    )
    .execute()
}
