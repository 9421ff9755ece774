import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'

/**
 * Looks at each suspect again, in a transaction of its own in which nobody else can change it: what was read without one
 * may have been in the middle of a change. Unless it is for a repair, nothing is left of what looking wrote: whoever
 * locks a row leaves a revision behind.
 */
export async function confirm<T>(
  db: Db,
  suspects: readonly number[],
  repair: boolean,
  look: (tx: Tx, id: number) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = []
  const within = repair ? inTransaction : inUndoneTransaction
  for (const id of new Set(suspects)) found.push(...(await within(db, tx => look(tx, id))))
  return found
}

async function inUndoneTransaction<T>(db: Db, look: (tx: Tx) => Promise<T[]>): Promise<T[]> {
  const seen: T[] = []
  const enough = new Error('Everything was seen')
  try {
    await inTransaction(db, async tx => {
      seen.splice(0, seen.length, ...(await look(tx)))
      throw enough
    })
  } catch (error) {
    if (error !== enough) throw error
  }
  return seen
}
