import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, PostsTable, PostVersionsTable, Tables } from '../../../platform/store/index.ts'

export type Row = Readonly<Record<string, unknown>>

/** What is stored about a member in one table, as they are shown it. */
export interface Section {
  readonly name: string
  readonly table: keyof Tables
  /** Whose a row is. */
  readonly owner: string
  /** Rows come in this order, and no two have the same of one owner. */
  readonly key: string
  readonly columns: readonly string[]
}

/** So many rows of a section after this key, and the key of the last of them. */
export async function rowsAfter(
  db: Db,
  { table, owner, key, columns }: Section,
  who: number | string,
  after: unknown,
  limit: number,
): Promise<{ rows: Row[]; last: unknown }> {
  const wanted = sql.join(columns.map(column => sql.ref(column)))
  const later = after === null ? sql`` : sql`and ${sql.ref(key)} > ${after}`
  const query = sql<Row>`select ${sql.ref(key)} as last_key, ${wanted} from ${sql.table(table)}
    where ${sql.ref(owner)} = ${who} ${later} order by ${sql.ref(key)} limit ${limit}`
  const { rows } = await query.execute(db)
  return { rows: rows.map(({ last_key: _, ...row }) => row), last: rows.at(-1)?.last_key ?? null }
}

/** The files that a member uploaded. */
export async function uploadsOf(db: Db, memberId: number) {
  return db
    .selectFrom('attachments')
    .select(['id', 'name', 'file'])
    .where('member_id', '=', memberId)
    .orderBy('id')
    .execute()
}

export async function countRows(db: Db, { table, owner }: Section, who: number | string): Promise<number> {
  return count(db, sql`${sql.table(table)} where ${sql.ref(owner)} = ${who}`)
}

async function count(db: Db, what: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${what}`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

/**
 * What was done to them and theirs: who did it, and words among the staff, are not theirs to read, nor that somebody
 * reported them.
 */
export async function actsOnThemAfter(db: Db, memberId: number, after: number, limit: number) {
  const { rows } = await sql<Row & { id: number }>`
    select id, act, target_kind, target_id, at, undone_at, case when act = 'reject' then reason end as reason
    from moderation_log
    where id > ${after} and act <> 'settle' and (
      (target_kind in ('post', 'edit') and target_id in (select id from posts where member_id = ${memberId}))
      or (target_kind = 'topic' and target_id in (select id from topics where member_id = ${memberId}))
      or (target_kind = 'member' and target_id = ${memberId}))
    order by id limit ${limit}`.execute(db)
  return rows
}

export interface PostRef {
  readonly id: number
  readonly topic_id: number
}

/** Every post of a member that says something still, topic by topic. */
export async function postsByTopic(db: Db, memberId: number): Promise<PostRef[]> {
  return db
    .selectFrom('posts')
    .select(['id', 'topic_id'])
    .where('member_id', '=', memberId)
    .where('erased_at', 'is', null)
    .orderBy('topic_id')
    .orderBy('id')
    .execute()
}

export type ExportedPost = Omit<Selectable<PostsTable>, 'edited_by_id' | 'recommended_by_id' | 'reassigned_at'> & {
  readonly title: string
  readonly forum: string
}

/** These posts with where they stand. */
export async function postsWithPlace(db: Db, ids: readonly number[]): Promise<ExportedPost[]> {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .innerJoin('forums', 'forums.id', 'topics.forum_id')
    .select(['topics.title', 'forums.name as forum', 'posts.id', 'posts.topic_id', 'posts.member_id'])
    .select(['posts.guest_name', 'posts.position', 'posts.place', 'posts.html', 'posts.text', 'posts.content_version'])
    .select(['posts.created_at', 'posts.hidden_at', 'posts.deleted_at', 'posts.pending_at'])
    .select(eb => eb.case().when('posts.reassigned_at', 'is', null).then(eb.ref('posts.address')).end().as('address'))
    .select(['posts.pending_reason', 'posts.edited_at', 'posts.edit_reason', 'posts.recommended_at'])
    .select(['posts.recommended_note', 'posts.erased_at', 'posts.suspect', 'posts.merged_into_id'])
    .where('posts.id', 'in', [...ids])
    .orderBy('posts.topic_id')
    .orderBy('posts.id')
    .execute()
}

/** What these posts said before, oldest first. */
export async function versionsOfPosts(db: Db, ids: readonly number[]): Promise<Selectable<PostVersionsTable>[]> {
  return db
    .selectFrom('post_versions')
    .selectAll()
    .where('post_id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

export async function quotesOfPosts(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('post_quotes')
    .selectAll()
    .where('post_id', 'in', [...ids])
    .execute()
}
