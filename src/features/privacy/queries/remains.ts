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
