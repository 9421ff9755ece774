import type { Tx } from '../../platform/store/index.ts'
import { sendMail } from '../mail/index.ts'
import { stopLeaving } from './queries/proofs.ts'

/** Whoever signs in does not want to leave: takes back that they asked for it. Says whether they had, and mails them so. */
export async function stayAfterAll(tx: Tx, memberId: number): Promise<boolean> {
  const stays = await stopLeaving(tx, memberId)
  if (stays) await sendMail(tx, 'privacy.staying', { memberId })
  return stays
}
