import { Conflict, msg } from '../../platform/errors.ts'
import { bumpRevisions, type Tx } from '../../platform/store/index.ts'
import { lockSignature, setRemoved } from './queries.ts'

/** Takes a signature from under its member's posts; they may write another one. Throws Conflict when there is none. */
export async function removeSignature(tx: Tx, memberId: number, at: number): Promise<void> {
  const signature = await lockSignature(tx, memberId)
  if (!signature || signature.removed_at !== null) throw new Conflict(msg('signatures.gone'))
  await setRemoved(tx, memberId, at)
  await bumpRevisions(tx, 'shell')
}

/** As if it had not been removed. Throws Conflict when its member wrote another one since, or deleted it. */
export async function bringBackSignature(tx: Tx, memberId: number, removedAt: number): Promise<void> {
  const signature = await lockSignature(tx, memberId)
  if (signature?.removed_at !== removedAt) throw new Conflict(msg('signatures.rewritten'))
  await setRemoved(tx, memberId, null)
  await bumpRevisions(tx, 'shell')
}
