import { sql } from 'kysely'
import { contains, type Db, type Tx } from '../../../platform/store/index.ts'

/** Some of a member's posts that still say something. */
export async function postsToErase(db: Db, memberId: number, limit: number) {
  return db
    .selectFrom('posts')
    .select(['id', 'topic_id'])
    .where('member_id', '=', memberId)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Did somebody else write in this topic, and was that not deleted? */
export async function hasAnswersByOthers(tx: Tx, topicId: number, memberId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('posts')
    .select('id')
    .where('topic_id', '=', topicId)
    .where('deleted_at', 'is', null)
    .where(eb => eb.or([eb('member_id', 'is', null), eb('member_id', '!=', memberId)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Empties the addresses of at most so many posts of a member; how many. */
export async function eraseAddressesOf(db: Db, memberId: number, limit: number): Promise<number> {
  const some = sql`select id from posts where member_id = ${memberId} and address is not null limit ${limit}`
  const { numAffectedRows } = await sql`update posts set address = null where id in (${some})`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Of these posts those by this member, and whether their text is gone. */
export async function postsOf(db: Db, memberId: number, ids: readonly number[]) {
  return db
    .selectFrom('posts')
    .select(['id', 'erased_at'])
    .where('member_id', '=', memberId)
    .where('id', 'in', [...ids])
    .execute()
}

export interface StoredText {
  readonly id: number
  readonly html: string
}

/** Posts that quote a post of this member, after this one. */
export async function postsQuoting(db: Db, memberId: number, after: number, limit: number) {
  return db
    .selectFrom('posts')
    .select(['id', 'topic_id', 'html'])
    .where('id', '>', after)
    .where('id', 'in', eb =>
      eb
        .selectFrom('post_quotes')
        .innerJoin('posts as quoted', 'quoted.id', 'post_quotes.quoted_post_id')
        .select('post_quotes.post_id')
        .where('quoted.member_id', '=', memberId),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How stored HTML mentions a member. */
function mention(memberId: number): string {
  return `href="/profile/${memberId}"`
}

/** Posts of these numbers that mention this member; the highest number there is. */
export async function postsMentioning(db: Db, memberId: number, from: number, to: number) {
  return db
    .selectFrom('posts')
    .select(['id', 'topic_id', 'html'])
    .where('id', '>', from)
    .where('id', '<=', to)
    .where(eb => contains(db, eb.ref('html'), mention(memberId)))
    .execute()
}

export async function lastPostId(db: Db): Promise<number> {
  const row = await db
    .selectFrom('posts')
    .select(eb => eb.fn.max('id').as('last'))
    .executeTakeFirst()
  return Number(row?.last ?? 0)
}

/** Earlier texts that quote anybody or mention this member, after this one. */
export async function versionsNaming(db: Db, memberId: number, after: number, limit: number): Promise<StoredText[]> {
  return db
    .selectFrom('post_versions')
    .select(['id', 'html'])
    .where('id', '>', after)
    .where(eb => eb.or([contains(db, eb.ref('html'), 'data-post="'), contains(db, eb.ref('html'), mention(memberId))]))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Texts that wait and do the same. */
export async function editsNaming(db: Db, memberId: number, after: number, limit: number): Promise<StoredText[]> {
  return db
    .selectFrom('proposed_edits')
    .select(['post_id as id', 'html'])
    .where('post_id', '>', after)
    .where(eb => eb.or([contains(db, eb.ref('html'), 'data-post="'), contains(db, eb.ref('html'), mention(memberId))]))
    .orderBy('post_id')
    .limit(limit)
    .execute()
}

/** What people have typed and not published, and does the same. */
export async function claimsNaming(db: Db, memberId: number, after: number, limit: number) {
  return db
    .selectFrom('claims')
    .select(['id', 'body', 'format', 'html'])
    .where('id', '>', after)
    .where(eb => eb.or([contains(db, eb.ref('body'), '/post/'), contains(db, eb.ref('body'), `/profile/${memberId}`)]))
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function draftsNaming(db: Db, memberId: number, after: number, limit: number) {
  return db
    .selectFrom('drafts')
    .select(['id', 'body', 'format'])
    .where('id', '>', after)
    .where(eb => eb.or([contains(db, eb.ref('body'), '/post/'), contains(db, eb.ref('body'), `/profile/${memberId}`)]))
    .orderBy('id')
    .limit(limit)
    .execute()
}
