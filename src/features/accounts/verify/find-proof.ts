import type { Db } from '../../../platform/store/index.ts'
import { isOpenAccount, type Member, memberById } from '../../members/index.ts'
import { findLink, refuseLink } from '../one-time.ts'

/** A link that proves an address, and whose account it is that names this address. */
export interface Proof {
  readonly secret: string
  readonly member: Member
}

/** Throws NotFound when the link is worth nothing (any more): used, late, or for an address that was corrected since. */
export async function findProof(db: Db, secret: string): Promise<Proof> {
  const { member_id, about } = await findLink(db, 'verify', secret)
  const member = member_id === null ? undefined : await memberById(db, member_id)
  if (!member || !isOpen(member, about)) refuseLink()
  return { secret, member }
}

/** Is this the address that they have still to prove? */
export function isOpen(member: Member, about: string | null): boolean {
  return member.email_verified_at === null && member.email_key === about && isOpenAccount(member)
}
