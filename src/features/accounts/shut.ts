import { bumpRevisions, type Tx } from '../../platform/store/index.ts'
import { updateMember } from '../members/index.ts'
import { deleteMemberProofs } from './queries/proofs.ts'
import { deleteSecretsOf } from './queries/secrets.ts'

/** From now on nobody signs in to this account, and whoever was signed in is not any more. What it holds stays. */
export async function shutAccount(tx: Tx, memberId: number, at: number): Promise<void> {
  await updateMember(tx, memberId, { closed_at: at })
  await deleteMemberProofs(tx, memberId)
  await deleteSecretsOf(tx, memberId, ['reset', 'email-change'])
  await bumpRevisions(tx, 'shell')
}

/** Its member signs in again. */
export async function reopenAccount(tx: Tx, memberId: number): Promise<void> {
  await updateMember(tx, memberId, { closed_at: null })
  await bumpRevisions(tx, 'shell')
}
