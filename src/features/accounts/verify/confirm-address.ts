import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { releaseHeld } from '../../posts/index.ts'
import type { Proof } from './find-proof.ts'
import { proveAddress, takeProof } from './take-proof.ts'

/**
 * Proves an address by the link that was mailed there, for whoever was found to own the account as well. What waited for
 * it appears. Throws NotFound when the link was used meanwhile.
 */
export async function confirmAddress(db: Db, proof: Proof): Promise<void> {
  await inTransaction(db, async tx => proveAddress(tx, await takeProof(tx, proof)))
  await releaseHeld(db, proof.member.id)
}
