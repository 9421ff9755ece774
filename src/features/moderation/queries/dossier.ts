import { beginsWith, contains, type Db } from '../../../platform/store/index.ts'
import { nameKey } from '../../members/index.ts'
import { standsBelow } from './standing.ts'

/** Members whose name holds this, those who begin with it first. */
export async function membersNamed(db: Db, typed: string, most: number) {
  const key = nameKey(typed)
  if (key === '') return []
  const columns = ['id', 'name', 'name_key', 'joined_at', 'post_count', 'sanctioned_at'] as const
  const begin = await db
    .selectFrom('members')
    .select(columns)
    .where(eb => beginsWith(db, eb.ref('name_key'), key))
    .where('deleted_at', 'is', null)
    .orderBy('name_key')
    .limit(most)
    .execute()
  if (begin.length === most) return begin
  const rest = await db
    .selectFrom('members')
    .select(columns)
    .where(eb => contains(db, eb.ref('name_key'), key))
    .where('deleted_at', 'is', null)
    .where('id', 'not in', [0, ...begin.map(({ id }) => id)])
    .orderBy('name_key')
    .limit(most - begin.length)
    .execute()
  return [...begin, ...rest]
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

export async function insertNote(db: Db, memberId: number, by: number, text: string, at: number): Promise<void> {
  await db.insertInto('member_notes').values({ member_id: memberId, written_by_id: by, text, created_at: at }).execute()
}

/** Only one's own, unless `by` is null; false: it is not there. */
export async function deleteNote(db: Db, memberId: number, id: number, by: number | null): Promise<boolean> {
  let query = db.deleteFrom('member_notes').where('id', '=', id).where('member_id', '=', memberId)
  if (by !== null) query = query.where('written_by_id', '=', by)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}

/** Which are listed, for whom: nobody reads what is held against their equals. */
export interface SanctionsOfList {
  readonly kind: 'held' | 'warnings'
  readonly now: number
  /** Of whoever reads them. */
  readonly standing: number
}

/** Whom moderators hold back at this moment, or warned; the newest first. */
export async function sanctionsListed(
  db: Db,
  list: SanctionsOfList,
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

export async function countSanctions(db: Db, list: SanctionsOfList): Promise<number> {
  const row = await listed(db, list)
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

function listed(db: Db, { kind, now, standing }: SanctionsOfList) {
  const query = db
    .selectFrom('sanctions')
    .innerJoin('members', 'members.id', 'sanctions.member_id')
    .leftJoin('members as moderators', 'moderators.id', 'sanctions.imposed_by_id')
    .where(standsBelow('members', standing))
  if (kind === 'warnings') return query.where('sanctions.kind', '=', 'warning')
  return query
    .where('sanctions.kind', '!=', 'warning')
    .where('sanctions.ended_at', 'is', null)
    .where(eb => eb.or([eb('sanctions.ends_at', 'is', null), eb('sanctions.ends_at', '>', now)]))
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
