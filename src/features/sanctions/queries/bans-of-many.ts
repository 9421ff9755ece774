import { type BlocksTable, bumpRevisions, byRevision, type Db, inTransaction } from '../../../platform/store/index.ts'

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

/** A block that was there becomes a ban; a second ban replaces the first. Its id. */
export async function putBanOfMany(db: Db, ban: Omit<BanOfMany, 'id'>, now: number): Promise<number> {
  return inTransaction(db, async tx => {
    await bumpRevisions(tx, 'permissions')
    const { kind, pattern, reason, ends_at } = ban
    const row = await tx
      .insertInto('blocks')
      .values({ kind, pattern, reason, ends_at, bans: 1, created_at: now })
      .onConflict(conflict => conflict.columns(['kind', 'pattern']).doUpdateSet({ bans: 1, reason, ends_at }))
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  })
}

/** Lifts one; undefined: it is gone already. */
export async function removeBanOfMany(db: Db, id: number): Promise<BanOfMany | undefined> {
  return inTransaction(db, async tx => {
    await bumpRevisions(tx, 'permissions')
    return tx
      .deleteFrom('blocks')
      .where('id', '=', id)
      .where('bans', '=', 1)
      .returning(['id', 'kind', 'pattern', 'reason', 'ends_at'])
      .executeTakeFirst()
  })
}

export async function deleteOverBans(db: Db, now: number): Promise<void> {
  if (!(await bansOfMany(db)).some(ban => ban.ends_at !== null && ban.ends_at <= now)) return
  await inTransaction(db, async tx => {
    await bumpRevisions(tx, 'permissions')
    await tx.deleteFrom('blocks').where('bans', '=', 1).where('ends_at', '<=', now).execute()
  })
}
