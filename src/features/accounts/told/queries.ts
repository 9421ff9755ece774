import type { Selectable } from 'kysely'
import { type Db, type Given, hotQuery, type MemberNoticesTable, type Tx } from '../../../platform/store/index.ts'

export async function insertNotice(tx: Tx, memberId: number, message: string, now: number): Promise<number> {
  const row = await tx
    .insertInto('member_notices')
    .values({ member_id: memberId, message, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function deleteNotices(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx
    .deleteFrom('member_notices')
    .where('id', 'in', [...ids])
    .execute()
}

/** What a member was told and has not put away, oldest first. */
export async function noticesOf(db: Db, memberId: number): Promise<Selectable<MemberNoticesTable>[]> {
  return firstOf(db, { memberId })
}

const firstOf = hotQuery((db, given: Given<{ memberId: number }>) =>
  db.selectFrom('member_notices').selectAll().where('member_id', '=', given.memberId).orderBy('id').limit(5),
)

export async function deleteNotice(db: Db, memberId: number, id: number): Promise<void> {
  await db.deleteFrom('member_notices').where('id', '=', id).where('member_id', '=', memberId).execute()
}

export async function deleteNoticesBefore(db: Db, time: number): Promise<void> {
  await db.deleteFrom('member_notices').where('created_at', '<', time).execute()
}
