import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { dropAddress } from '../queries/addresses.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'
import type { Proof } from './find-proof.ts'
import { takeProof } from './take-proof.ts'

/**
 * "This was not me": the account goes on without an address, which its owner has to replace, and the address is free.
 * Throws NotFound when the link was used meanwhile.
 */
export async function freeAddress(db: Db, proof: Proof): Promise<void> {
  await inTransaction(db, async tx => {
    const { id } = await takeProof(tx, proof)
    await dropAddress(tx, id, Date.now())
    await deleteSecretsOf(tx, id, ['verify', 'reset', 'email-change'])
  })
}
