import { type Db, type Given, hotQuery } from '../store/index.ts'

/** What a counter stands at; null: it never runs out. */
export type Counter = { points: number; expires_at: number | null }

/** Adds points in one statement, so that several processes count together; a counter that ran out starts again. */
export async function addPoints(db: Db, key: string, points: number, expiresAt: number | null, now: number) {
  const [counter] = await adding(db, { key, points, expiresAt, now })
  if (!counter) throw new Error('What was counted is not there')
  return counter satisfies Counter
}

type Added = { key: string; points: number; expiresAt: number | null; now: number }

const adding = hotQuery((db, given: Given<Added>) =>
  db
    .insertInto('rate_limits')
    .values({ key: given.key, points: given.points, expires_at: given.expiresAt })
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet(eb => {
        const live = eb.or([eb('rate_limits.expires_at', 'is', null), eb('rate_limits.expires_at', '>', given.now)])
        return {
          points: eb
            .case()
            .when(live)
            .then(eb('rate_limits.points', '+', eb.ref('excluded.points')))
            .else(eb.ref('excluded.points'))
            .end(),
          expires_at: eb
            .case()
            .when(live)
            .then(eb.ref('rate_limits.expires_at'))
            .else(eb.ref('excluded.expires_at'))
            .end(),
        }
      }),
    )
    .returning(['points', 'expires_at']),
)

export async function setPoints(db: Db, key: string, points: number, expiresAt: number | null): Promise<Counter> {
  const counter = { points, expires_at: expiresAt }
  await db
    .insertInto('rate_limits')
    .values({ key, ...counter })
    .onConflict(conflict => conflict.column('key').doUpdateSet(counter))
    .execute()
  return counter
}

export async function findPoints(db: Db, key: string, now: number): Promise<Counter | null> {
  const counter = await db
    .selectFrom('rate_limits')
    .select(['points', 'expires_at'])
    .where('key', '=', key)
    .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  return counter ?? null
}

/** Gives points back, never more than were spent. */
export async function givePoints(db: Db, key: string, points: number): Promise<void> {
  await giving(db, { key, points })
}

const giving = hotQuery((db, given: Given<{ key: string; points: number }>) =>
  db
    .updateTable('rate_limits')
    .set(({ eb }) => ({
      points: eb
        .case()
        .when('points', '>', given.points)
        .then(eb('points', '-', given.points))
        .else(0)
        .end(),
    }))
    .where('key', '=', given.key),
)

export async function deletePoints(db: Db, key: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('rate_limits').where('key', '=', key).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Removes counters that ran out; says how many. */
export async function purgeLimits(db: Db, now = Date.now()): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('rate_limits').where('expires_at', '<=', now).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
