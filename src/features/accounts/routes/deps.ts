import type { Db, Tx } from '../../../platform/store/index.ts'
import type { Accounts } from '../new-member.ts'

/** What the pages of this feature need from the forum around them. */
export interface AccountsDeps extends Accounts {
  /** Makes the welcome topic the first administrator's. */
  adoptWelcome(tx: Tx, memberId: number): Promise<void>
  /** Fills the forum with something to look at. */
  addSampleContent(db: Db): Promise<void>
}
