import { msg, NotFound } from '../../platform/errors.ts'
import { hashSecret, isSecret, newSecret } from '../../platform/secret.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { findSecret, keepSecret, type OneTimeSecret, takeSecret } from './queries/secrets.ts'

/** What a mailed link is good for; it is also how the link's path begins. */
export type LinkKind = 'verify' | 'reset' | 'email-change' | 'email-back'

export interface NewLink {
  readonly memberId: number
  /** What it is good for beside whom: the key of an address, or the id of a row. */
  readonly about: string | null
  readonly lastsMs: number
}

/** A link that works once: its path, with a fresh secret of which only the hash is stored. */
export async function makeLink(db: Db, kind: LinkKind, { memberId, about, lastsMs }: NewLink): Promise<string> {
  const secret = newSecret()
  const now = Date.now()
  await keepSecret(db, {
    hash: hashSecret(secret),
    purpose: kind,
    member_id: memberId,
    about,
    created_at: now,
    expires_at: now + lastsMs,
  })
  return `/${kind}/${secret}`
}

/** What this secret opens. Throws NotFound, in words about links, when it was used, has run out or never was one. */
export async function findLink(db: Db, kind: LinkKind, secret: unknown): Promise<OneTimeSecret> {
  const found = isSecret(secret) ? await findSecret(db, kind, hashSecret(secret), Date.now()) : undefined
  return found ?? refuseLink()
}

/** Uses the link up: of several at once one succeeds. Throws as `findLink` does. */
export async function takeLink(tx: Tx, kind: LinkKind, secret: string): Promise<OneTimeSecret> {
  return (await takeSecret(tx, kind, hashSecret(secret), Date.now())) ?? refuseLink()
}

/** Says that a link is worth nothing (any more). */
export function refuseLink(): never {
  throw new NotFound(msg('accounts.link_worthless'))
}
