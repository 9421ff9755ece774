import type { Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { isKnownBrowser } from '../known-browser.ts'
import { hasKnownBrowser } from './queries.ts'

/** Mails the owner of an account that a browser signed in which never did before; not about the first one of all. */
export async function tellOfNewBrowser(
  tx: Tx,
  memberId: number,
  cookie: string | undefined,
  device: string | null,
): Promise<void> {
  if (!(await hasKnownBrowser(tx, memberId)) || (await isKnownBrowser(tx, memberId, cookie))) return
  await sendMail(tx, 'accounts.new_browser', { memberId, at: Date.now(), device: device ?? '' })
}
