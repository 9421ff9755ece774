import type { ExpressionBuilder } from 'kysely'
import { type Db, type Given, hotQuery, inTransaction, type Tables } from '../../../platform/store/index.ts'

/** How many of them are named. */
export const mostNamed = 50

type Since = Given<{ since: number }>

/** Anybody can make an account; a name on the front page takes an address that was proven, where one is asked for. */
const isProven = (eb: ExpressionBuilder<Tables, 'members'>) =>
  eb.or([eb('email_demanded_at', 'is', null), eb('email_verified_at', 'is not', null)])

/** As the index has it. */
const lastSeen = (eb: ExpressionBuilder<Tables, 'members'>) => eb.fn.coalesce('last_seen_at', eb.lit(0))

const newest = hotQuery((db, given: Since) =>
  db
    .selectFrom('members')
    .select(['id', 'name'])
    .where(lastSeen, '>', given.since)
    .where('hide_online', '=', 0)
    .where('pending_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where(isProven)
    .orderBy(lastSeen, 'desc')
    .orderBy('id', 'desc')
    .limit(mostNamed),
)

/** Members seen since then who do not hide it, whoever was seen last first; not more than are named. */
export async function newestOnline(db: Db, since: number) {
  return newest(db, { since })
}

/** The ids of all of them, in order. */
export async function onlineIds(db: Db, since: number): Promise<number[]> {
  const rows = await db
    .selectFrom('members')
    .select('id')
    .where(lastSeen, '>', since)
    .where('hide_online', '=', 0)
    .where('pending_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where(isProven)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Moves the revision of who is online, if this stands for others than the last time; else nothing is written. */
export async function noteOnline(db: Db, key: string): Promise<void> {
  const known = await db.selectFrom('revisions').select('online_key').where('id', '=', 1).executeTakeFirst()
  if (known?.online_key === key) return
  await inTransaction(db, tx =>
    tx
      .updateTable('revisions')
      .set(eb => ({ online: eb('online', '+', 1), online_key: key }))
      .where('id', '=', 1)
      .where('online_key', '<>', key)
      .execute(),
  )
}
