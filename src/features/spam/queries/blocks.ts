import type { Selectable } from 'kysely'
import { type BlocksTable, bumpRevisions, type Db, inTransaction } from '../../../platform/store/index.ts'

export type Block = Selectable<BlocksTable>

/** Every block, in the order of the page that lists them. */
export async function allBlocks(db: Db): Promise<Block[]> {
  return db.selectFrom('blocks').selectAll().orderBy('kind').orderBy('pattern').execute()
}

/** Twice is no mistake. What is banned for a while is blocked for good. */
export async function insertBlock(db: Db, block: Pick<Block, 'kind' | 'pattern'>, now: number): Promise<void> {
  await db
    .insertInto('blocks')
    .values({ ...block, created_at: now })
    .onConflict(conflict => conflict.columns(['kind', 'pattern']).doUpdateSet({ stays: 1 }))
    .execute()
}

/** False when it is gone already. */
export async function deleteBlock(db: Db, id: number): Promise<boolean> {
  return inTransaction(db, async tx => {
    const row = await tx.deleteFrom('blocks').where('id', '=', id).returning(['id', 'bans']).executeTakeFirst()
    if (row?.bans) await bumpRevisions(tx, 'permissions')
    return row !== undefined
  })
}
