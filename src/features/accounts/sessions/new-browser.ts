import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { isKnownBrowser } from '../known-browser.ts'
import { hasKnownBrowser } from './queries.ts'

/** Mails the owner of an account that a browser signed in which never did before; not about the first one of all. */
export async function tellOfNewBrowser(
  db: Db,
  memberId: number,
  cookie: string | undefined,
  device: string | null,
): Promise<void> {
  if (!(await hasKnownBrowser(db, memberId)) || (await isKnownBrowser(db, memberId, cookie))) return
  const about = { memberId, at: Date.now(), device: device ?? '' }
  await inTransaction(db, tx => sendMail(tx, 'accounts.new_browser', about))
}
