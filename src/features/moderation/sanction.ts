import { z } from 'zod'
import { Conflict, msg } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { sendMail } from '../mail/index.ts'
import { sanctionById, unimpose } from '../sanctions/index.ts'
import type { Details, Logged } from './act.ts'
import { sanctionLetter } from './letters/members.ts'
import type { Target } from './targets/target.ts'

/** Whoever pressed the wrong button has so long to undo it before the member gets a mail, in milliseconds. */
export const secondThoughts = 60_000

const imposed = z.object({ sanction: z.number() })

/** Leaves a mail to the member about what holds them back now, and notes which it is for Undo. */
export async function tellOf(tx: Tx, sanction: number): Promise<Details> {
  await sendMail(tx, sanctionLetter, { sanctionId: sanction }, { runAt: Date.now() + secondThoughts })
  return { sanction }
}

/** Takes back what holds a member back, with what followed from it. Throws Conflict when it was lifted since. */
export async function undoSanction(tx: Tx, { id }: Target, { details }: Logged): Promise<void> {
  const { sanction } = imposed.parse(details)
  const row = await sanctionById(tx, sanction)
  if (row?.member_id !== id) throw new Conflict(msg('moderation.since_changed'))
  const wasLifted = row.ended_at !== null && (row.ends_at === null || row.ended_at < row.ends_at)
  if (wasLifted) throw new Conflict(msg('moderation.since_lift', { told: 'no', name: '' }))
  await unimpose(tx, id, sanction)
}
