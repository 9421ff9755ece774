import { msg, TooMany } from '../../platform/errors.ts'
import { addressKey } from '../../platform/limits/index.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { composePost } from '../posts/index.ts'
import { settings } from '../settings/index.ts'
import type { GuestPlace, GuestText } from './guest-text.ts'
import { type Claim, type ClaimText, countFromAddress, insertClaim } from './queries.ts'
import { fingerprintOf, sentBefore } from './repeats.ts'

const day = 24 * 60 * 60 * 1000

/** The browser that sends it: the secrets it holds already and its network address. */
export interface GuestBrowser {
  readonly secrets: readonly string[]
  readonly address: string
}

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
  const written = await claimText(db, place, text)
  const known = await sentBefore(db, browser.secrets, written.fingerprint)
  if (known) return { claim: known, secret: known.secret }
  const { claim_days } = await settings(db)
  const address = await demandRoom(db, browser.address)
  const now = Date.now()
  const secret = newSecret()
  const row = {
    ...written,
    kind: place.topic ? ('reply' as const) : ('topic' as const),
    forum_id: place.forum.id,
    topic_id: place.topic?.id ?? null,
    address,
    created_at: now,
    expires_at: now + claim_days * day,
  }
  const claim = await inTransaction(db, tx => insertClaim(tx, row, hashSecret(secret)))
  return { claim, secret }
}

/** The columns of a text, composed as it would be published. Throws Invalid. */
export async function claimText(db: Db, place: GuestPlace, text: GuestText): Promise<ClaimText> {
  const { html, text: plain } = await composePost(db, text)
  return { ...text, html, text: plain, fingerprint: fingerprintOf(place, text) }
}

async function demandRoom(db: Db, networkAddress: string): Promise<string> {
  const { claims_per_address: max } = await settings(db)
  const address = addressKey(networkAddress)
  const open = await countFromAddress(db, address, Date.now() - day)
  if (open >= max) throw new TooMany(60 * 60, msg('claims.too_many', { max }))
  return address
}
