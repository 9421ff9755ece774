import type { Tx } from '../../../platform/store/index.ts'
import { heldReasons } from '../approval.ts'
import { deleteProposedEdit } from '../queries/edits.ts'
import { deletePost, deleteTopic, heldItems } from '../queries/held.ts'
import { lockTopic } from '../queries/states.ts'

/**
 * Removes for good what of this member's waits for their address to be confirmed: whoever wrote it was not the owner of
 * that address. Nobody but the staff has ever seen it.
 */
export async function removeUnconfirmed(tx: Tx, memberId: number): Promise<void> {
  await removeAll(tx, memberId, [heldReasons.unverified])
}

/** Removes for good everything of this member that waits with their account, because it is not taken in. */
export async function removeHeld(tx: Tx, memberId: number): Promise<void> {
  await removeAll(tx, memberId, Object.values(heldReasons))
}

async function removeAll(tx: Tx, memberId: number, reasons: readonly string[]): Promise<void> {
  for (const { kind, id, topicId } of await heldItems(tx, memberId, reasons)) {
    if (!(await lockTopic(tx, topicId))) continue
    if (kind === 'topic') await deleteTopic(tx, id)
    else if (kind === 'post') await deletePost(tx, id)
    else await deleteProposedEdit(tx, id)
  }
}
