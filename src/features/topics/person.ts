import { avatarOf, isDeletedName, memberPath } from '../members/index.ts'

/** Whoever wrote something, as pages name them. */
export interface Person {
  readonly name: string
  /** The profile; null for someone without an account, or whose account was deleted. */
  readonly path: string | null
  /** Of the drawn avatar. */
  readonly colour: number
  readonly guest: boolean
}

/** Names the member, or the guest by the name they gave. */
export function personOf(memberId: number | null, memberName: string | null, guestName: string | null): Person {
  const name = memberName ?? guestName ?? '?'
  const guest = memberId === null || memberName === null || isDeletedName(memberName)
  return { name, path: guest ? null : memberPath({ id: memberId, name }), colour: avatarOf(name).colour, guest }
}
