import type { Db } from '../../platform/store/index.ts'
import { knownBrowserDays } from './known-browser.ts'
import { purgeProofs } from './queries/proofs.ts'

const day = 24 * 60 * 60 * 1000

/** Removes remembered sign-ins and one-time links that ran out, and browsers that nobody has used for over a year. */
export async function purgeAccounts(db: Db, now = Date.now()): Promise<void> {
  await purgeProofs(db, now, now - knownBrowserDays * day)
}
