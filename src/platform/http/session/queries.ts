import { type Db, type Given, hotQuery, inTransaction } from '../../store/index.ts'

export type SessionRow = { id: string; data: string; touched_at: number }

/** The session with this id, or the one that took its place a moment ago. */
export async function findSession(db: Db, id: string, now: number): Promise<SessionRow | undefined> {
  const row = await live.first(db, { id, past: pastId(id), now })
  return row && row.id !== id ? findSession(db, row.data, now) : row
}

const live = hotQuery((db, given: Given<{ id: string; past: string; now: number }>) =>
  db
    .selectFrom('sessions')
    .select(['id', 'data', 'touched_at'])
    .where('id', 'in', [given.id, given.past])
    .where('expires_at', '>', given.now),
)

/** Never the hash of a cookie's value. */
function pastId(id: string): string {
  return `past ${id}`
}

type Kept = { member_id: number | null; data: string; touched_at: number; expires_at: number }

/** Where a session began; kept in columns, so that it can be listed and erased by itself. */
export type SessionOrigin = { device: string | null; address: string | null; series_id: number | null }

export async function insertSession(db: Db, id: string, kept: Kept & Partial<SessionOrigin>): Promise<void> {
  await newSession(db, { id, device: null, address: null, series_id: null, ...kept })
}

const newSession = hotQuery((db, given: Given<Kept & SessionOrigin & { id: string }>) =>
  db.insertInto('sessions').values({
    id: given.id,
    member_id: given.member_id,
    data: given.data,
    created_at: given.touched_at,
    touched_at: given.touched_at,
    expires_at: given.expires_at,
    device: given.device,
    address: given.address,
    series_id: given.series_id,
  }),
)

/** Does nothing when it is gone: whoever signed out elsewhere meanwhile stays signed out. */
export async function updateSession(db: Db, id: string, kept: Partial<Kept>): Promise<void> {
  await db.updateTable('sessions').set(kept).where('id', '=', id).execute()
}

/** Together with the one that took its place, if it leads to one. */
export async function deleteSession(db: Db, id: string): Promise<void> {
  const [gone, ...more] = await db
    .deleteFrom('sessions')
    .where('id', 'in', [id, pastId(id)])
    .returning(['id', 'data'])
    .execute()
  if (gone && more.length === 0 && gone.id !== id) await deleteSession(db, gone.data)
}

/** The session moved to another id: until then the old one leads there. When it was ended meanwhile, that ends as well. */
export async function passOnSession(
  db: Db,
  { from, to }: { from: string; to: string },
  kept: { member_id: number | null; now: number; until: number },
): Promise<void> {
  const { member_id, now, until } = kept
  const left = { member_id, data: to, created_at: now, touched_at: now, expires_at: until }
  await inTransaction(db, async tx => {
    const ids = [from, pastId(from)]
    const known = await tx.deleteFrom('sessions').where('id', 'in', ids).returning('id').execute()
    if (known.length === 0) return void (await tx.deleteFrom('sessions').where('id', '=', to).execute())
    await tx
      .insertInto('sessions')
      .values({ id: pastId(from), ...left })
      .onConflict(conflict => conflict.column('id').doUpdateSet(left))
      .execute()
  })
}

/** Removes sessions that ran out; says how many. */
export async function purgeSessions(db: Db, now = Date.now()): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('sessions').where('expires_at', '<=', now).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
