import { contains, type Db } from '../../../platform/store/index.ts'

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
