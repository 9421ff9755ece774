import { sql } from 'kysely'
import { type Db, forUpdate, type Tables, type Tx } from '../../../platform/store/index.ts'
import type { Member } from '../../members/index.ts'

/** The member, with everybody else who changes them waiting; undefined when there is none, or the account is gone. */
export async function lockMember(tx: Tx, id: number): Promise<Member | undefined> {
  return tx
    .selectFrom('members')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .$call(forUpdate(tx))
    .executeTakeFirst()
}

/** Ends what keeps a member signed in, in all browsers. */
export async function endSignIns(tx: Tx, memberId: number): Promise<void> {
  await tx.deleteFrom('sessions').where('member_id', '=', memberId).execute()
  await tx.deleteFrom('remember_tokens').where('member_id', '=', memberId).execute()
}

/** Members who asked to leave before, at most so many. What was merged into another account ends as such. */
export async function leavingSince(db: Db, before: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('members')
    .select('id')
    .where('leaving_at', '<=', before)
    .where('merged_at', 'is', null)
    .where('deleted_at', 'is', null)
    .orderBy('leaving_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Accounts that were merged into others before, at most so many. */
export async function mergedSince(db: Db, before: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('members')
    .select('id')
    .where('merged_at', '<=', before)
    .where('deleted_at', 'is', null)
    .orderBy('merged_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Deletes the rows of this table whose column names the member. */
export async function deleteHeld(tx: Tx, table: keyof Tables, column: string, memberId: number): Promise<void> {
  await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${memberId}`.execute(tx)
}

/** Forgets that mail did not reach this address. That its reader wanted none stays. */
export async function deleteBounces(tx: Tx, emailKey: string): Promise<void> {
  await tx.deleteFrom('mail_stops').where('email_key', '=', emailKey).where('answer', 'is not', null).execute()
}

export interface Farewell {
  readonly name: string
  readonly email: string
  readonly locale: string | null
  readonly by_staff: 0 | 1
  readonly created_at: number
}

export async function insertFarewell(tx: Tx, farewell: Farewell): Promise<number> {
  const row = await tx.insertInto('farewells').values(farewell).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function farewellById(db: Db, id: number): Promise<Farewell | undefined> {
  return db.selectFrom('farewells').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function deleteFarewellsBefore(db: Db, time: number): Promise<void> {
  await db.deleteFrom('farewells').where('created_at', '<', time).execute()
}
