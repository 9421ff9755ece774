import { hashSecret, isSecret, newSecret } from '../../platform/secret.ts'
import { type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { memberById } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { deleteMemberProofs, deleteSeries, findSeries, insertSeries, rotateSeries } from './queries/proofs.ts'
import { seriesIdOf } from './sessions/queries.ts'

/** The answer with the new token may get lost, and several tabs may open at once with the old one. */
const graceMs = 60_000

/** What a browser's remember cookie turned out to be. */
export type Recalled =
  | { readonly kind: 'member'; readonly memberId: number; readonly hands: number; readonly cookie: Cookie | null }
  | { readonly kind: 'stolen' }
  | { readonly kind: 'unknown' }

/** A cookie to be set, and for how long. */
export interface Cookie {
  readonly value: string
  readonly seconds: number
}

/** Begins a series for this browser: the cookie that signs it in later. */
export async function rememberMember(
  db: Db,
  memberId: number,
  now = Date.now(),
  from: { readonly device: string | null; readonly address: string | null } = { device: null, address: null },
): Promise<Cookie> {
  const seconds = await rememberSeconds(db)
  const [series, token] = [newSecret(), newSecret()]
  await insertSeries(db, {
    ...from,
    member_id: memberId,
    series_hash: hashSecret(series),
    token_hash: hashSecret(token),
    rotated_at: now,
    created_at: now,
    expires_at: now + seconds * 1000,
  })
  return { value: `${series}.${token}`, seconds }
}

async function rememberSeconds(db: Db): Promise<number> {
  return (await settings(db)).remember_days * 24 * 60 * 60
}

/**
 * Whom this cookie remembers, and the cookie that takes its place: each token is used once. One that was used up long ago
 * is in two hands, so everything that keeps this member signed in anywhere is ended.
 */
export async function recallMember(db: Db, cookie: string, now = Date.now()): Promise<Recalled> {
  const parts = splitCookie(cookie)
  if (!parts) return { kind: 'unknown' }
  const seconds = await rememberSeconds(db)
  return inTransaction(db, tx => useToken(tx, parts, now, seconds))
}

type Parts = { readonly series: string; readonly token: string }

async function useToken(tx: Tx, { series, token }: Parts, now: number, seconds: number): Promise<Recalled> {
  const row = await findSeries(tx, hashSecret(series), now)
  if (!row) return { kind: 'unknown' }
  const [presented, fresh] = [hashSecret(token), newSecret()]
  // Read while the series is locked: whoever gives the account to somebody else has to wait until it was used.
  const hands = (await memberById(tx, row.member_id))?.hands ?? 0
  const member = { kind: 'member', memberId: row.member_id, hands } as const
  const isPrevious = presented === row.previous_hash
  if (isPrevious && now - row.rotated_at < graceMs) return { ...member, cookie: null }
  if (!isPrevious && presented !== row.token_hash) {
    await deleteMemberProofs(tx, row.member_id)
    return { kind: 'stolen' }
  }
  const expires_at = now + seconds * 1000
  await rotateSeries(tx, row.id, {
    token_hash: hashSecret(fresh),
    previous_hash: presented,
    rotated_at: now,
    expires_at,
  })
  return { ...member, cookie: { value: `${series}.${fresh}`, seconds } }
}

/** The number of the series of this cookie; null: it opens none. */
export async function seriesOfCookie(db: Db, cookie: string | undefined): Promise<number | null> {
  const parts = splitCookie(cookie ?? '')
  return parts && seriesIdOf(db, hashSecret(parts.series))
}

/** Ends the series of this cookie: the browser is signed out. */
export async function forgetBrowser(db: Db, cookie: string | undefined): Promise<void> {
  const parts = splitCookie(cookie ?? '')
  if (parts) await deleteSeries(db, hashSecret(parts.series))
}

function splitCookie(cookie: string): Parts | null {
  const [series, token, ...rest] = cookie.split('.')
  return rest.length === 0 && isSecret(series) && isSecret(token) ? { series, token } : null
}
