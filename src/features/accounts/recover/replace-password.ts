import type { Tx } from '../../../platform/store/index.ts'
import { updateMember } from '../../members/index.ts'
import { countHands, deleteMemberProofs } from '../queries/proofs.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'

/** Sets the hash of another password and ends what the old one opened: sessions, remembered browsers, links. */
export async function replacePassword(tx: Tx, memberId: number, password_hash: string): Promise<void> {
  await updateMember(tx, memberId, { password_hash })
  await countHands(tx, memberId)
  await deleteMemberProofs(tx, memberId)
  await deleteSecretsOf(tx, memberId, ['reset', 'email-change'])
}
