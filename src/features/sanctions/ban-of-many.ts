import type { Db } from '../../platform/store/index.ts'
import { rangeHolds } from './address-range.ts'
import { emailHolds } from './email-pattern.ts'
import { type BanOfMany, bansOfMany } from './queries/bans-of-many.ts'
import type { Told } from './state.ts'

export interface WhoAsks {
  readonly address: string
  readonly emailKey: string
}

/** Does this ban speak against them? */
export function hits({ kind, pattern }: Pick<BanOfMany, 'kind' | 'pattern'>, who: WhoAsks): boolean {
  return kind === 'address' ? rangeHolds(pattern, who.address) : kind === 'email' && emailHolds(pattern, who.emailKey)
}

/** The ban that stands over everybody there, or with such an e-mail address; null: none does. */
export async function banOver(db: Db, who: WhoAsks, now = Date.now()): Promise<Told | null> {
  const found = (await bansOfMany(db)).find(ban => (ban.ends_at === null || ban.ends_at > now) && hits(ban, who))
  return found ? { reason: found.reason, until: found.ends_at } : null
}
