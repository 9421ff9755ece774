import { type Db, inTransaction } from '../../platform/store/index.ts'
import { holdSanctions, mark } from './impose.ts'
import { deleteOverBans } from './queries/bans-of-many.ts'
import { overdue, setEnded } from './queries/sanctions.ts'

const portion = 200

/** Ends what has an end that is over. It has held nobody back since: this only puts the books in order. */
export async function endSanctions(db: Db, now = Date.now()): Promise<void> {
  for (;;) {
    const rows = await overdue(db, now, portion)
    for (const { id, member_id } of rows) {
      await inTransaction(db, async tx => {
        await holdSanctions(tx, member_id)
        await setEnded(tx, [id], now)
        await mark(tx, member_id)
      })
    }
    if (rows.length < portion) return deleteOverBans(db, now)
  }
}
