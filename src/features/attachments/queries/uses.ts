import { type Db, type Given, hotQuery, type Tx } from '../../../platform/store/index.ts'

export interface Use {
  readonly attachment_id: number
  readonly post_id: number
  readonly shown: 0 | 1
}

/** So many posts are asked whether a viewer may read one that shows an attachment: of one, and of each of many. */
const most = { ofOne: 200, ofEach: 20 }

/** Which posts show these attachments, now or in an earlier version. */
export async function usesOf(db: Db, ids: readonly number[]): Promise<Use[]> {
  const [only] = ids
  if (only === undefined) return []
  if (ids.length === 1) return uses(db, { attachmentId: only })
  return db
    .selectFrom(({ selectFrom }) =>
      selectFrom('attachment_uses')
        .select(['attachment_id', 'post_id', 'shown'])
        .select(({ fn }) =>
          fn
            .agg<number>('row_number')
            .over(over => over.partitionBy('attachment_id').orderBy('shown', 'desc').orderBy('post_id', 'desc'))
            .as('nth'),
        )
        .where('attachment_id', 'in', [...ids])
        .as('listed'),
    )
    .select(['attachment_id', 'post_id', 'shown'])
    .where('nth', '<=', most.ofEach)
    .execute()
}

const uses = hotQuery((db, given: Given<{ attachmentId: number }>) =>
  db
    .selectFrom('attachment_uses')
    .selectAll()
    .where('attachment_id', '=', given.attachmentId)
    .orderBy('post_id')
    .limit(most.ofOne),
)

export async function isUsed(db: Db, attachmentId: number): Promise<boolean> {
  const row = await db
    .selectFrom('attachment_uses')
    .select('post_id')
    .where('attachment_id', '=', attachmentId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function hideUses(tx: Tx, postId: number): Promise<void> {
  await tx.updateTable('attachment_uses').set({ shown: 0 }).where('post_id', '=', postId).execute()
}

/**
 * Notes that a post shows these, those of them that are still there. `ownedBy`: only what this member uploaded, and what the
 * post showed before.
 */
export async function putUses(
  tx: Tx,
  { postId, ids, shown, ownedBy }: { postId: number; ids: readonly number[]; shown: 0 | 1; ownedBy: number | null },
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .insertInto('attachment_uses')
    .columns(['attachment_id', 'post_id', 'shown'])
    .expression(eb =>
      eb
        .selectFrom('attachments')
        .select(['attachments.id', eb.lit(postId).as('post_id'), eb.lit(shown).as('shown')])
        .where('attachments.id', 'in', [...ids])
        .where(where =>
          where.or([
            ...(ownedBy === null ? [] : [where('attachments.member_id', '=', ownedBy)]),
            where.exists(
              where
                .selectFrom('attachment_uses as before')
                .select('before.post_id')
                .whereRef('before.attachment_id', '=', 'attachments.id')
                .where('before.post_id', '=', postId),
            ),
          ]),
        ),
    )
    .onConflict(conflict =>
      shown
        ? conflict.columns(['attachment_id', 'post_id']).doUpdateSet({ shown })
        : conflict.columns(['attachment_id', 'post_id']).doNothing(),
    )
    .execute()
}

/** This post shows it, whoever it belongs to. */
export async function insertUse(tx: Tx, attachmentId: number, postId: number): Promise<void> {
  await tx
    .insertInto('attachment_uses')
    .values({ attachment_id: attachmentId, post_id: postId, shown: 1 })
    .onConflict(conflict => conflict.columns(['attachment_id', 'post_id']).doUpdateSet({ shown: 1 }))
    .execute()
}

/** A post shows all that these others show, because their texts are in it now. */
export async function copyUses(tx: Tx, from: readonly number[], postId: number): Promise<void> {
  await tx
    .insertInto('attachment_uses')
    .columns(['attachment_id', 'post_id', 'shown'])
    .expression(eb =>
      eb
        .selectFrom('attachment_uses')
        .select(['attachment_id', eb.lit(postId).as('post_id'), eb.lit(0).as('shown')])
        .distinct()
        .where('post_id', 'in', [...from])
        .where('shown', '=', 1),
    )
    .onConflict(conflict => conflict.columns(['attachment_id', 'post_id']).doNothing())
    .execute()
}
