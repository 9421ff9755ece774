import { addressKey } from '../../platform/limits/index.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { composePost } from '../posts/index.ts'
import { settings } from '../settings/index.ts'
import { demandRoom } from './demand-room.ts'
import type { GuestBrowser, GuestPlace, GuestText } from './guest-text.ts'
import { mailColumns } from './mail/mail-columns.ts'
import { mailLater, mailLink } from './mail/mail-link.ts'
import { type Claim, type ClaimText, insertClaim } from './queries.ts'
import { fingerprintOf, sentBefore, type Written } from './repeats.ts'

const day = 24 * 60 * 60 * 1000

export interface KeptClaim {
  readonly claim: Claim
  /** Opens it; only its hash is stored. */
  readonly secret: string
}

/**
 * Keeps what a guest wrote until somebody takes it. The same text sent again within minutes by the browser that holds
 * the claim gives the same claim. Throws Invalid for a text that could not be published, TooMany for an address that has
 * too many open claims today.
 */
export async function keepClaim(db: Db, browser: GuestBrowser, place: GuestPlace, text: GuestText): Promise<KeptClaim> {
  const { forum, topic } = place
  const written = { forum_id: forum.id, topic_id: topic?.id ?? null }
  const known = await sentBefore(db, browser.secrets, fingerprintOf(written, text))
  if (known) return { claim: await mailLater(db, known, browser), secret: known.secret }
  const claimed = await claimText(db, written, text)
  const { claim_days, claims_per_address } = await settings(db)
  const address = addressKey(browser.address)
  const mail = await mailColumns(db, browser.email, browser.address)
  const now = Date.now()
  const times = { created_at: now, expires_at: now + claim_days * day }
  const row = {
    prefix_id: text.prefix ?? null,
    ...written,
    ...claimed,
    ...mail,
    ...times,
    kind: topic ? ('reply' as const) : ('topic' as const),
    address,
    suspect: browser.suspect,
  }
  const secret = newSecret()
  const claim = await inTransaction(db, async tx => {
    await demandRoom(tx, address, 'claim', claims_per_address)
    const claim = await insertClaim(tx, row, hashSecret(secret))
    await mailLink(tx, claim, browser.locale)
    return claim
  })
  return { claim, secret }
}

/** The columns of a text, composed as it would be published. Throws Invalid. */
export async function claimText(db: Db, written: Written, text: GuestText): Promise<ClaimText> {
  const { html, text: plain } = await composePost(db, text)
  const { title, body, format } = text
  return { title, body, format, html, text: plain, fingerprint: fingerprintOf(written, text) }
}
