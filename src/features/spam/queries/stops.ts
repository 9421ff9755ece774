import type { Db } from '../../../platform/store/index.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Counts one more for each of these checks, in one statement. */
export async function addStops(db: Db, checks: readonly string[], now: number): Promise<void> {
  const day = Math.floor(now / dayMs)
  const rows = [...new Set(checks)].sort().map(check => ({ check, day, stopped: 1 }))
  if (rows.length === 0) return
  await db
    .insertInto('spam_stops')
    .values(rows)
    .onConflict(conflict =>
      conflict.columns(['check', 'day']).doUpdateSet(eb => ({ stopped: eb('spam_stops.stopped', '+', 1) })),
    )
    .execute()
}

/** How often each check stopped somebody in the last so many days, this one included. */
export async function stopsSince(db: Db, days: number, now: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('spam_stops')
    .select(['check', eb => eb.fn.sum<number>('stopped').as('stopped')])
    .where('day', '>', Math.floor(now / dayMs) - days)
    .groupBy('check')
    .execute()
  return new Map(rows.map(({ check, stopped }) => [check, Number(stopped)]))
}

export async function deleteStops(db: Db, days: number, now: number): Promise<void> {
  await db
    .deleteFrom('spam_stops')
    .where('day', '<=', Math.floor(now / dayMs) - days)
    .execute()
}
