import { type Db, inTransaction } from '../../platform/store/index.ts'
import { deleteMemberProofs } from './queries/proofs.ts'

/** Ends every session of a member and everything that would begin a new one by itself, in all browsers. */
export async function signOutEverywhere(db: Db, memberId: number): Promise<void> {
  await inTransaction(db, tx => deleteMemberProofs(tx, memberId))
}
