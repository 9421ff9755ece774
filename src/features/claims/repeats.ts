import { createHash } from 'node:crypto'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { claimsOfBrowser, type HeldByBrowser } from './find-claim.ts'
import type { GuestPlace, GuestText } from './guest-text.ts'

const minute = 60_000

/** Tells the same text for the same place; never opens anything. */
export function fingerprintOf({ forum, topic }: GuestPlace, { title, body }: GuestText, name = ''): string {
  const said = [topic ? 'topic' : 'forum', topic?.id ?? forum.id, title, body, name]
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
