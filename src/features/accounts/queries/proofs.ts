import type { Insertable, Selectable } from 'kysely'
import {
  type Db,
  forUpdate,
  type Given,
  hotQuery,
  type RememberTokensTable,
  type Tx,
} from '../../../platform/store/index.ts'

type Series = Selectable<RememberTokensTable>

export async function insertSeries(db: Db, series: Insertable<RememberTokensTable>): Promise<void> {
  await db.insertInto('remember_tokens').values(series).execute()
}

/** The series while it holds, locked: of two requests at once one rotates and the other finds it rotated. */
export async function findSeries(tx: Tx, hash: string, now: number): Promise<Series | undefined> {
  return tx
    .selectFrom('remember_tokens')
    .selectAll()
    .where('series_hash', '=', hash)
    .where('expires_at', '>', now)
    .$call(forUpdate(tx))
    .executeTakeFirst()
}

type Rotation = Pick<Series, 'token_hash' | 'previous_hash' | 'rotated_at' | 'expires_at'>

export async function rotateSeries(tx: Tx, id: number, rotation: Rotation): Promise<void> {
  await tx.updateTable('remember_tokens').set(rotation).where('id', '=', id).execute()
}

export async function deleteSeries(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('remember_tokens').where('series_hash', '=', hash).execute()
}

/** Sessions and remembered browsers of a member. That a browser is known gives no access and stays. */
export async function deleteMemberProofs(tx: Tx, memberId: number): Promise<void> {
  await tx.deleteFrom('sessions').where('member_id', '=', memberId).execute()
  await tx.deleteFrom('remember_tokens').where('member_id', '=', memberId).execute()
}

/** A browser that has signed in: to this account, or to any. */
export async function findKnownBrowser(db: Db, hash: string, memberId?: number) {
  return db
    .selectFrom('known_browsers')
    .select('member_id')
    .where('token_hash', '=', hash)
    .$if(memberId !== undefined, query => query.where('member_id', '=', memberId ?? 0))
    .limit(1)
    .executeTakeFirst()
}

export async function keepKnownBrowser(db: Db, memberId: number, hash: string, now: number): Promise<void> {
  await keepBrowser(db, { memberId, hash, now })
}

const keepBrowser = hotQuery((db, given: Given<{ memberId: number; hash: string; now: number }>) =>
  db
    .insertInto('known_browsers')
    .values({ member_id: given.memberId, token_hash: given.hash, used_at: given.now })
    .onConflict(conflict => conflict.columns(['member_id', 'token_hash']).doUpdateSet({ used_at: given.now })),
)

/** Removes what has run out. */
export async function purgeProofs(db: Db, now: number, knownSince: number): Promise<void> {
  await db.deleteFrom('remember_tokens').where('expires_at', '<=', now).execute()
  await db.deleteFrom('one_time_secrets').where('expires_at', '<=', now).execute()
  await db.deleteFrom('known_browsers').where('used_at', '<', knownSince).execute()
}

/** The account stays; false when its member had not asked to leave, or is gone. */
export async function stopLeaving(tx: Tx, memberId: number): Promise<boolean> {
  return (await staying.first(tx, { memberId })) !== undefined
}

const staying = hotQuery((db, given: Given<{ memberId: number }>) =>
  db
    .updateTable('members')
    .set({ leaving_at: null, leaving_posts: null })
    .where('id', '=', given.memberId)
    .where('leaving_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .returning('id'),
)

/** The account is in other hands, or held anew: sessions that began before, and were found before they ended, are over. */
export async function countHands(tx: Tx, memberId: number): Promise<void> {
  await tx
    .updateTable('members')
    .set(eb => ({ hands: eb('hands', '+', 1) }))
    .where('id', '=', memberId)
    .execute()
}
