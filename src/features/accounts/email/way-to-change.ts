import type { Member } from '../../members/index.ts'
import { canSendMail, type Settings, verificationOf } from '../../settings/index.ts'

/**
 * How a member gets another address: `correct` one that they have still to prove; `change` one by proving the new one;
 * `replace` one that nobody ever proved, while mail cannot be sent; `closed`: not now, since a proven address gives way to
 * a proven one only.
 */
export type WayToChange = 'correct' | 'change' | 'replace' | 'closed'

export function wayToChange(member: Member, rules: Settings): WayToChange {
  if (member.email === '' || isUnproven(member, rules)) return 'correct'
  if (canSendMail(rules)) return 'change'
  return member.email_verified_at === null ? 'replace' : 'closed'
}

/** Is this member asked to prove the address, and has not? */
export function isUnproven(member: Member, rules: Settings): boolean {
  const { email_verified_at, email_demanded_at } = member
  return email_verified_at === null && email_demanded_at !== null && verificationOf(rules) !== 'off'
}
