import { createHash } from 'node:crypto'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { claimsOfBrowser, type HeldByBrowser } from './find-claim.ts'
import type { GuestText } from './guest-text.ts'
import type { Claim } from './queries.ts'

const minute = 60_000

/** Where something was written: in a topic, else in a forum. */
export type Written = Pick<Claim, 'forum_id' | 'topic_id'>

/** Tells the same text for the same place; never opens anything. */
export function fingerprintOf({ forum_id, topic_id }: Written, text: GuestText, guestName = ''): string {
  const place = topic_id === null ? ['forum', forum_id] : ['topic', topic_id]
  const said = [...place, text.title, text.body, text.format, guestName]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** The claim that this browser got for the same text minutes ago: a guest's page is cached and cannot number its forms. */
export async function sentBefore(
  db: Db,
  secrets: readonly string[],
  fingerprint: string,
): Promise<HeldByBrowser | undefined> {
  const since = Date.now() - (await settings(db)).claim_repeat_minutes * minute
  const held = await claimsOfBrowser(db, secrets)
  return held.find(claim => claim.fingerprint === fingerprint && claim.created_at >= since)
}
