import { Forbidden, msg } from '../../platform/errors.ts'
import { plainAddress } from '../../platform/limits/index.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { updateMember } from '../members/index.ts'
import { type Settings, settings } from '../settings/index.ts'
import { openInvitation, takeInvitation } from './invitations.ts'
import type { Suspicion } from './judge-form.ts'
import { mayRegister } from './policy.ts'

/** How somebody comes to register. */
export interface Arrival {
  /** The secret of an invitation. */
  readonly invitation?: string | undefined
  readonly address: string
}

/** Goes on while this person may register. Throws Forbidden. */
export async function demandWayIn(db: Db, { invitation }: Arrival): Promise<void> {
  const rules = await settings(db)
  const invited = (await openInvitation(db, invitation)) !== null
  if (!mayRegister({ invited }, rules)) throw new Forbidden(msg(whyNot(rules, invitation)))
}

/** Why somebody who came so may not register: a phrase key. */
export function whyNot({ registration }: Pick<Settings, 'registration'>, invitation: string | undefined): string {
  if (registration === 'closed') return 'accounts.registration_closed'
  return invitation ? 'spam.invitation_over' : 'spam.invitation_needed'
}

/**
 * Takes a new member in: uses up their invitation, or lets the account wait for an administrator. Throws Forbidden when
 * an invitation is needed and somebody else had its last use meanwhile.
 */
export async function admit(
  tx: Tx,
  memberId: number,
  { invitation, address }: Arrival,
  suspicions: readonly Suspicion[],
): Promise<void> {
  const rules = await settings(tx)
  const invitation_id = await takeInvitation(tx, invitation)
  if (!mayRegister({ invited: invitation_id !== null }, rules)) throw new Forbidden(msg(whyNot(rules, invitation)))
  const reason = reasonToWait(rules, invitation_id !== null, suspicions)
  if (invitation_id !== null) await updateMember(tx, memberId, { invitation_id })
  if (reason === null) return
  const pending = { pending_at: Date.now(), pending_reason: reason, pending_address: plainAddress(address) }
  await updateMember(tx, memberId, pending)
}

/** Somebody who was invited is vouched for, but a program may have got hold of the link. */
function reasonToWait(rules: Settings, invited: boolean, suspicions: readonly Suspicion[]): string | null {
  const [first] = suspicions
  if (first) return first.reason
  return rules.registration === 'approval' && !invited ? 'spam.why_approval' : null
}
