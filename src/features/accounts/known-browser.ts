import { hashSecret, isSecret, newSecret } from '../../platform/secret.ts'
import type { Db } from '../../platform/store/index.ts'
import { findKnownBrowser, keepKnownBrowser } from './queries/proofs.ts'

/** How long a browser is remembered as one that signed in before. */
export const knownBrowserDays = 400

/** Has the browser with this cookie signed in to this account before? */
export async function isKnownBrowser(
  db: Db,
  memberId: number | undefined,
  cookie: string | undefined,
): Promise<boolean> {
  if (memberId === undefined || !isSecret(cookie)) return false
  return (await findKnownBrowser(db, hashSecret(cookie), memberId)) !== undefined
}

/**
 * From now on failures elsewhere do not shut this browser out. Gives the cookie it gets: its own when we made it, so that
 * nobody can plant one that they know as well.
 */
export async function rememberBrowser(db: Db, memberId: number, cookie: string | undefined): Promise<string> {
  const ours = isSecret(cookie) && (await findKnownBrowser(db, hashSecret(cookie))) !== undefined
  const token = ours ? cookie : newSecret()
  await keepKnownBrowser(db, memberId, hashSecret(token), Date.now())
  return token
}
