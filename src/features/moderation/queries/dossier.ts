import { type Expression, sql } from 'kysely'
import { beginsWith, contains, type Db, inTransaction, lockName } from '../../../platform/store/index.ts'
import { nameKey } from '../../members/index.ts'
import { standsBelow } from './standing.ts'

/** Members who wrote in one of these forums, or all: whom their moderators know of. */
type Known = readonly number[] | null

/** Members whose name holds this, those who begin with it first. */
export async function membersNamed(db: Db, typed: string, most: number, known: Known) {
  const key = nameKey(typed)
  if (key === '') return []
  const begin = await knownMembers(db, known)
    .where(eb => beginsWith(db, eb.ref('name_key'), key))
    .limit(most)
    .execute()
  if (begin.length === most) return begin
  const rest = await knownMembers(db, known)
    .where(eb => contains(db, eb.ref('name_key'), key))
    .where('id', 'not in', [0, ...begin.map(({ id }) => id)])
    .limit(most - begin.length)
    .execute()
  return [...begin, ...rest]
}

function knownMembers(db: Db, known: Known) {
  return db
    .selectFrom('members')
    .select([
      'id',
      'name',
      'name_key',
      'joined_at',
      'post_count',
      'posts_for_members',
      'posts_for_guests',
      'sanctioned_at',
    ])
    .where('deleted_at', 'is', null)
    .$if(known !== null, query => query.where(eb => eb.exists(writtenIn(db, known ?? [], eb.ref('members.id')))))
    .orderBy('name_key')
}

/** What somebody wrote in these forums. */
function writtenIn(db: Db, forumIds: readonly number[], memberId: Expression<number>) {
  return db
    .selectFrom('posts as written')
    .innerJoin('topics as places', 'places.id', 'written.topic_id')
    .select('written.id')
    .where('written.member_id', '=', memberId)
    .where('places.forum_id', 'in', [...forumIds])
}

/** Did this member write anything in one of these forums? */
export async function wroteIn(db: Db, memberId: number, forumIds: readonly number[]): Promise<boolean> {
  const row = await writtenIn(db, forumIds, sql.val(memberId)).limit(1).executeTakeFirst()
  return row !== undefined
}

/** What they wrote there last. */
export async function latestIn(db: Db, memberId: number, forumIds: readonly number[], most: number): Promise<number[]> {
  const rows = await writtenIn(db, forumIds, sql.val(memberId)).orderBy('written.id', 'desc').limit(most).execute()
  return rows.map(({ id }) => id)
}

export async function notesAbout(db: Db, memberId: number) {
  return db
    .selectFrom('member_notes')
    .leftJoin('members', 'members.id', 'member_notes.written_by_id')
    .selectAll('member_notes')
    .select('members.name as by_name')
    .where('member_notes.member_id', '=', memberId)
    .orderBy('member_notes.id', 'desc')
    .execute()
}

/** The same note of the same moderator stands there once. */
export async function insertNote(db: Db, memberId: number, by: number, text: string, at: number): Promise<void> {
  await inTransaction(db, async tx => {
    await lockName(tx, `notes about ${memberId}`)
    if ((await notesAbout(tx, memberId)).some(note => note.written_by_id === by && note.text === text)) return
    const note = { member_id: memberId, written_by_id: by, text, created_at: at }
    await tx.insertInto('member_notes').values(note).execute()
  })
}

/** Only one's own, unless `by` is null; false: it is not there. */
export async function deleteNote(db: Db, memberId: number, id: number, by: number | null): Promise<boolean> {
  let query = db.deleteFrom('member_notes').where('id', '=', id).where('member_id', '=', memberId)
  if (by !== null) query = query.where('written_by_id', '=', by)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}

/** Which are listed, for whom: nobody reads what is held against their equals. */
export interface SanctionList {
  readonly kind: 'held' | 'warnings'
  readonly now: number
  /** Of whoever reads them. */
  readonly standing: number
  /** Warnings about posts in these forums only; null: all. */
  readonly forumIds: readonly number[] | null
}

/** Whom moderators hold back at this moment, or warned; the newest first. */
export async function sanctionsListed(
  db: Db,
  list: SanctionList,
  { offset, limit }: { offset: number; limit: number },
) {
  return listed(db, list)
    .selectAll('sanctions')
    .select(['members.name as member_name', 'moderators.name as by_name'])
    .orderBy('sanctions.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countSanctions(db: Db, list: SanctionList): Promise<number> {
  const row = await listed(db, list)
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

function listed(db: Db, { kind, now, standing, forumIds }: SanctionList) {
  const query = db
    .selectFrom('sanctions')
    .innerJoin('members', 'members.id', 'sanctions.member_id')
    .leftJoin('members as moderators', 'moderators.id', 'sanctions.imposed_by_id')
    .where(standsBelow('members', standing))
    .$if(forumIds !== null, all => all.where('sanctions.post_id', 'in', postsIn(db, forumIds ?? [])))
  if (kind === 'warnings') return query.where('sanctions.kind', '=', 'warning')
  return query
    .where('sanctions.kind', '!=', 'warning')
    .where('sanctions.ended_at', 'is', null)
    .where(eb => eb.or([eb('sanctions.ends_at', 'is', null), eb('sanctions.ends_at', '>', now)]))
}

/** The posts in these forums about which somebody was warned. */
function postsIn(db: Db, forumIds: readonly number[]) {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .innerJoin('sanctions as because', 'because.post_id', 'posts.id')
    .select('posts.id')
    .where('topics.forum_id', 'in', [...forumIds])
}

/** Which of these posts stand in one of these forums. */
export async function postsAmong(db: Db, ids: readonly number[], forumIds: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select('posts.id')
    .where('posts.id', 'in', [...ids])
    .where('topics.forum_id', 'in', [...forumIds])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Members whose e-mail address ends like this domain. */
export async function membersWithEmail(db: Db, domain: string) {
  return db
    .selectFrom('members')
    .select(['id', 'name', 'group_id', 'email_key'])
    .where('deleted_at', 'is', null)
    .where(eb => contains(db, eb.ref('email_key'), domain))
    .limit(5000)
    .execute()
}
