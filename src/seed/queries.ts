import type { Insertable } from 'kysely'
import type {
  Db,
  ForumsTable,
  MembersTable,
  PostQuotesTable,
  PostsTable,
  TopicsTable,
  Tx,
} from '../platform/store/index.ts'

/** The highest id in use, so that what is added gets ids of its own. */
export async function highestIds(db: Db): Promise<{ members: number; forums: number; topics: number; posts: number }> {
  const highest = async (table: 'members' | 'forums' | 'topics' | 'posts') => {
    const row = await db
      .selectFrom(table)
      .select(eb => eb.fn.max<number | null>('id').as('id'))
      .executeTakeFirst()
    return row?.id ?? 0
  }
  return {
    members: await highest('members'),
    forums: await highest('forums'),
    topics: await highest('topics'),
    posts: await highest('posts'),
  }
}

/** The names that nobody else can have. */
export async function takenNameKeys(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('members').select('name_key').execute()
  return new Set(rows.map(row => row.name_key))
}

/** SQLite takes 32,766 values in one statement, PostgreSQL 65,535. */
const rowsAtOnce = 500

function slices<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  )
}

export async function insertMembers(tx: Tx, rows: readonly Insertable<MembersTable>[]): Promise<void> {
  for (const slice of slices(rows)) await tx.insertInto('members').values(slice).execute()
}

export async function insertTopics(tx: Tx, rows: readonly Insertable<TopicsTable>[]): Promise<void> {
  for (const slice of slices(rows)) await tx.insertInto('topics').values(slice).execute()
}

export async function insertPosts(tx: Tx, rows: readonly Insertable<PostsTable>[]): Promise<void> {
  for (const slice of slices(rows)) await tx.insertInto('posts').values(slice).execute()
}

export async function insertQuotes(tx: Tx, rows: readonly Insertable<PostQuotesTable>[]): Promise<void> {
  for (const slice of slices(rows)) await tx.insertInto('post_quotes').values(slice).execute()
}

export type ForumCounts = Pick<Insertable<ForumsTable>, 'topic_count' | 'post_count' | 'last_post_id'>

export async function writeForumCounts(tx: Tx, id: number, counts: ForumCounts): Promise<void> {
  await tx.updateTable('forums').set(counts).where('id', '=', id).execute()
}
