import type { Db } from '../../platform/store/index.ts'
import { deleteChangesBefore } from './email/queries.ts'
import { knownBrowserDays } from './known-browser.ts'
import { purgeProofs } from './queries/proofs.ts'
import { deleteNoticesBefore } from './told/queries.ts'

const day = 24 * 60 * 60 * 1000

/** What nobody can take back any more is forgotten after so many days. */
const changeDays = 30
const noticeDays = 180

/**
 * Removes remembered sign-ins and one-time links that ran out, browsers that nobody has used for over a year, and old
 * changes of address and notices.
 */
export async function purgeAccounts(db: Db, now = Date.now()): Promise<void> {
  await purgeProofs(db, now, now - knownBrowserDays * day)
  await deleteChangesBefore(db, now - changeDays * day)
  await deleteNoticesBefore(db, now - noticeDays * day)
}
