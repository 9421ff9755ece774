import {
  type BlocksTable,
  bumpRevisions,
  byRevision,
  type Db,
  forUpdate,
  inTransaction,
  type Tx,
} from '../../../platform/store/index.ts'

/** A ban of everybody at a network address or range, or with an e-mail address or domain. */
export interface BanOfMany {
  readonly id: number
  readonly kind: BlocksTable['kind']
  readonly pattern: string
  readonly reason: string | null
  readonly ends_at: number | null
}

/** Every one of them, also those whose time is over; kept in memory until one changes. */
export const bansOfMany: (db: Db) => Promise<readonly BanOfMany[]> = byRevision('permissions', db =>
  db
    .selectFrom('blocks')
    .select(['id', 'kind', 'pattern', 'reason', 'ends_at'])
    .where('bans', '=', 1)
    .orderBy('kind')
    .orderBy('pattern')
    .execute(),
)

/** A block that was there is a ban besides; a second ban replaces the first. Its id. */
export async function putBanOfMany(tx: Tx, ban: Omit<BanOfMany, 'id'>, now: number): Promise<number> {
  await bumpRevisions(tx, 'permissions')
  const { kind, pattern, reason, ends_at } = ban
  const row = await tx
    .insertInto('blocks')
    .values({ kind, pattern, reason, ends_at, bans: 1, stays: 0, created_at: now })
    .onConflict(conflict => conflict.columns(['kind', 'pattern']).doUpdateSet({ bans: 1, reason, ends_at }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Lifts one; undefined: it is gone already. */
export async function removeBanOfMany(tx: Tx, id: number): Promise<BanOfMany | undefined> {
  await bumpRevisions(tx, 'permissions')
  const ban = await tx
    .selectFrom('blocks')
    .select(['id', 'kind', 'pattern', 'reason', 'ends_at'])
    .where('id', '=', id)
    .where('bans', '=', 1)
    .$call(forUpdate(tx))
    .executeTakeFirst()
  if (ban) await endBans(tx, [id])
  return ban
}

/** What kept people from registering before does so again. */
async function endBans(tx: Tx, ids: readonly number[]): Promise<void> {
  const blocked = { bans: 0, ends_at: null, reason: null } as const
  await tx.updateTable('blocks').set(blocked).where('id', 'in', ids).where('stays', '=', 1).execute()
  await tx.deleteFrom('blocks').where('id', 'in', ids).where('stays', '=', 0).execute()
}

export async function deleteOverBans(db: Db, now: number): Promise<void> {
  if (!(await bansOfMany(db)).some(ban => ban.ends_at !== null && ban.ends_at <= now)) return
  await inTransaction(db, async tx => {
    await bumpRevisions(tx, 'permissions')
    const over = tx.selectFrom('blocks').select('id').where('bans', '=', 1).where('ends_at', '<=', now)
    const rows = await over.$call(forUpdate(tx)).execute()
    await endBans(
      tx,
      rows.map(({ id }) => id),
    )
  })
}
