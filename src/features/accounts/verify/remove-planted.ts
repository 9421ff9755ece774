import type { Tx } from '../../../platform/store/index.ts'
import { deleteDrafts } from '../../drafts/index.ts'
import { deleteFollows } from '../../follows/index.ts'
import { removeHeld } from '../../posts/index.ts'

/**
 * Whoever owns the address of an account gets it without what was written there before and nobody has seen: somebody else
 * may have put it there.
 */
export async function removePlanted(tx: Tx, memberId: number): Promise<void> {
  await removeHeld(tx, memberId)
  await deleteDrafts(tx, memberId)
  await deleteFollows(tx, memberId)
}
