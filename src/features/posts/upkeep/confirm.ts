import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'

/**
 * Looks at each suspect again, in a transaction of its own in which nobody else can change it: what was read without one
 * may have been in the middle of a change.
 */
export async function confirm<T>(
  db: Db,
  suspects: readonly number[],
  look: (tx: Tx, id: number) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = []
  for (const id of new Set(suspects)) found.push(...(await inTransaction(db, tx => look(tx, id))))
  return found
}
