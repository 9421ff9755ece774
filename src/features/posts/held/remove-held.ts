import type { Tx } from '../../../platform/store/index.ts'
import { heldReasons } from '../approval.ts'
import { deleteProposedEdit } from '../queries/edits.ts'
import { deletePost, deleteTopic, heldItems } from '../queries/held.ts'
import { lockTopic } from '../queries/states.ts'

/**
 * Removes for good everything of this member that waits with their account: it is not taken in, is given to somebody else,
 * or is gone. Nobody but the staff has ever seen it.
 */
export async function removeHeld(tx: Tx, memberId: number): Promise<void> {
  for (const { kind, id, topicId } of await heldItems(tx, memberId, Object.values(heldReasons))) {
    if (!(await lockTopic(tx, topicId))) continue
    if (kind === 'topic') await deleteTopic(tx, id)
    else if (kind === 'post') await deletePost(tx, id)
    else await deleteProposedEdit(tx, id)
  }
}
