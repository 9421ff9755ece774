import { Conflict, Invalid, type Message, msg } from '../../../platform/errors.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { appointedStanding, standings } from '../../groups/index.ts'
import { emailKey, type Viewer } from '../../members/index.ts'
import { type BanOfMany, hits, putBanOfMany, rangesMeet, removeBanOfMany, tidyRange } from '../../sanctions/index.ts'
import { tidyPattern } from '../../spam/index.ts'
import { logRangeAct } from '../performing/log-member-act.ts'
import { membersWithEmail } from '../queries/dossier.ts'
import { type Sighting, sightings } from '../queries/network.ts'

const day = 24 * 60 * 60_000

export interface BanManyDraft {
  readonly pattern: string
  readonly days: number | null
  readonly reason: string | null
}

/** What a ban would do. */
export interface Prospect {
  readonly kind: BanOfMany['kind']
  readonly pattern: string
  /** Whom it would keep from writing. */
  readonly hit: readonly { readonly id: number; readonly name: string }[]
  /** Who has been there, too, and is not kept out: whoever moderates. */
  readonly spared: readonly { readonly id: number; readonly name: string }[]
}

/** Where nobody is to be shut out: the proxies in front of this forum. */
export type Proxies = readonly string[]

/** Whom such a ban would hit. Throws Invalid for what would hit nobody, everybody, this machine or whoever asks. */
export async function prospectOf(db: Db, viewer: Viewer, typed: string, proxies: Proxies): Promise<Prospect> {
  const kind = typed.includes('/') || /^[\d.]+$/.test(typed) || typed.includes(':') ? 'address' : 'email'
  const pattern = tidyPattern(kind, typed, viewer.address)
  const wrong = kind === 'address' ? proxyFault(pattern, proxies) : ownFault(pattern, viewer)
  if (wrong) throw new Invalid({ pattern: wrong })
  const people = kind === 'address' ? await peopleIn(db, pattern) : await peopleWith(db, pattern)
  const standingOf = await standings(db)
  const isStaff = (one: { id: number; group_id: number }) => standingOf(one) >= appointedStanding
  return { kind, pattern, hit: people.filter(one => !isStaff(one)), spared: people.filter(isStaff) }
}

/** Ranges that go by a name where proxies are set; nobody can be banned from loopback anyway. */
const namedRanges: Readonly<Record<string, readonly string[]>> = {
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

function proxyFault(pattern: string, proxies: Proxies): Message | null {
  const ranges = proxies.flatMap(proxy => namedRanges[proxy] ?? tidyRange(proxy) ?? [])
  return ranges.some(range => rangesMeet(pattern, range)) ? msg('moderation.ban_proxy') : null
}

function ownFault(pattern: string, { member }: Viewer): Message | null {
  const own = member && hits({ kind: 'email', pattern }, { address: '', emailKey: emailKey(member.email) })
  return own ? msg('moderation.ban_own_email') : null
}

async function peopleIn(db: Db, range: string) {
  const there = (await sightings(db, { beginning: beginningOf(range) })).filter(one =>
    hits({ kind: 'address', pattern: range }, { address: one.address, emailKey: '' }),
  )
  return onlyOnce(there)
}

/** The members whom the forum saw at a network address or in a range; null: the text names neither. */
export async function membersAt(db: Db, typed: string): Promise<number[] | null> {
  const range = typed.includes(':') || /^\d+\.\d+\.\d+\.\d+/.test(typed) ? tidyRange(typed) : null
  return range === null ? null : (await peopleIn(db, range)).map(({ id }) => id)
}

/** As far as the text of every address in a range begins alike. */
export function beginningOf(range: string): string {
  const [address = '', bits] = range.split('/')
  if (address.includes(':'))
    return Number(bits ?? 128) >= 16 && !address.startsWith(':') ? `${address.split(':')[0]}:` : ''
  const whole = Math.floor(Number(bits ?? 32) / 8)
  return whole === 4
    ? address
    : address
        .split('.')
        .slice(0, whole)
        .map(part => `${part}.`)
        .join('')
}

function onlyOnce(there: readonly Sighting[]) {
  return [...new Map(there.map(one => [one.memberId, one])).values()].map(({ memberId: id, name, groupId }) => ({
    id,
    name,
    group_id: groupId,
  }))
}

async function peopleWith(db: Db, pattern: string) {
  const rows = await membersWithEmail(db, pattern.split('@').at(-1) ?? '')
  return rows.filter(row => hits({ kind: 'email', pattern }, { address: '', emailKey: row.email_key }))
}

/** Bans everybody there, but nobody who moderates; the id of the ban. Throws as `prospectOf`. */
export async function banMany(db: Db, viewer: Viewer, draft: BanManyDraft, proxies: Proxies): Promise<number> {
  const { kind, pattern } = await prospectOf(db, viewer, draft.pattern, proxies)
  const now = Date.now()
  const ends_at = draft.days === null ? null : now + draft.days * day
  const { reason } = draft
  return inTransaction(db, async tx => {
    await logRangeAct(tx, { act: 'ban_many', pattern, by: viewer.member?.id ?? 0, reason })
    return putBanOfMany(tx, { kind, pattern, reason, ends_at }, now)
  })
}

/** Lifts such a ban, and gives what would ban them again. Throws Conflict when it is gone already. */
export async function liftMany(db: Db, viewer: Viewer, id: number): Promise<BanManyDraft> {
  const was = await inTransaction(db, async tx => {
    const ban = await removeBanOfMany(tx, id)
    if (!ban) throw new Conflict(msg('moderation.handled_meanwhile', { n: 1 }))
    await logRangeAct(tx, { act: 'lift_many', pattern: ban.pattern, by: viewer.member?.id ?? 0, reason: null })
    return ban
  })
  const days = was.ends_at === null ? null : Math.max(1, Math.ceil((was.ends_at - Date.now()) / day))
  return { pattern: was.pattern, days, reason: was.reason }
}
