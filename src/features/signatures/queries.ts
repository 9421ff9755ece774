import type { Insertable, Selectable } from 'kysely'
import { type Db, forUpdate, type SignaturesTable, type Tx } from '../../platform/store/index.ts'

export type Signature = Selectable<SignaturesTable>

/** A removed one too. */
export async function signatureOf(db: Db, memberId: number): Promise<Signature | undefined> {
  return db.selectFrom('signatures').selectAll().where('member_id', '=', memberId).executeTakeFirst()
}

export async function lockSignature(tx: Tx, memberId: number): Promise<Signature | undefined> {
  return tx
    .selectFrom('signatures')
    .selectAll()
    .where('member_id', '=', memberId)
    .$call(forUpdate(tx))
    .executeTakeFirst()
}

/** In the place of the one before. */
export async function putSignature(tx: Tx, signature: Insertable<SignaturesTable>): Promise<void> {
  const { member_id: _, ...values } = signature
  await tx
    .insertInto('signatures')
    .values(signature)
    .onConflict(conflict => conflict.column('member_id').doUpdateSet({ removed_at: null, ...values }))
    .execute()
}

/** False: there was none. */
export async function deleteSignature(tx: Tx, memberId: number): Promise<boolean> {
  const row = await tx
    .deleteFrom('signatures')
    .where('member_id', '=', memberId)
    .returning('member_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setRemoved(tx: Tx, memberId: number, at: number | null): Promise<void> {
  await tx.updateTable('signatures').set({ removed_at: at }).where('member_id', '=', memberId).execute()
}
