import { type Message, msg } from '../../platform/errors.ts'
import type { SanctionsTable } from '../../platform/store/index.ts'

export type SanctionKind = SanctionsTable['kind']
/** What a moderator may forbid: to post at all, to post links, to post without approval. */
export const restrictions = ['no_posting', 'no_links', 'approval'] as const
export type Restriction = (typeof restrictions)[number]

/** What a member is told of something that holds them back. */
export interface Told {
  readonly reason: string | null
  /** null: it does not end by itself. */
  readonly until: number | null
}

/** Everything that holds somebody back at this moment. */
export interface Sanctions {
  readonly ban: Told | null
  readonly no_posting: Told | null
  readonly no_links: Told | null
  readonly approval: Told | null
  /** Warnings that they have not acknowledged. */
  readonly unread: number
}

export const noSanctions: Sanctions = { ban: null, no_posting: null, no_links: null, approval: null, unread: 0 }

/** A row as far as it decides. */
export interface Standing extends Told {
  readonly kind: SanctionKind
}

/** What these rows, all of them in force, add up to: of two of a kind the one that lasts longer is told. */
export function addUp(rows: readonly Standing[]): Sanctions {
  const longest = (kind: SanctionKind): Told | null =>
    rows.filter(row => row.kind === kind).reduce<Told | null>((one, other) => (lasts(other, one) ? other : one), null)
  const tell = (kind: SanctionKind): Told | null => {
    const row = longest(kind)
    return row && { reason: row.reason, until: row.until }
  }
  const unread = rows.filter(row => row.kind === 'warning').length
  return { ban: tell('ban'), ...restrictionsOf(tell), unread }
}

function restrictionsOf(tell: (kind: Restriction) => Told | null) {
  return { no_posting: tell('no_posting'), no_links: tell('no_links'), approval: tell('approval') }
}

function lasts(one: Told, other: Told | null): boolean {
  if (other === null || other.until === null) return other === null
  return one.until === null || one.until > other.until
}

/** May they write nothing at all? Then they only read. */
export function keepsFromPosting({ ban, no_posting, unread }: Sanctions): boolean {
  return ban !== null || no_posting !== null || unread > 0
}

/** Said where somebody would write and may not; null: nothing keeps them from it. */
export function whyNoPosting(sanctions: Sanctions): Message | null {
  if (sanctions.ban) return msg('sanctions.closed_ban')
  if (sanctions.no_posting) return msg('sanctions.closed_no_posting')
  return sanctions.unread > 0 ? msg('sanctions.closed_unread') : null
}
