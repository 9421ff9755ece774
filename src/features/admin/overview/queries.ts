import type { Selectable } from 'kysely'
import type { BusyDaysTable, Db } from '../../../platform/store/index.ts'

export type BusyDay = Selectable<BusyDaysTable>

/** Days that were counted, from this one on, oldest first. */
export async function countedDays(db: Db, from: number): Promise<BusyDay[]> {
  return db.selectFrom('busy_days').selectAll().where('day', '>=', from).orderBy('day').execute()
}

/** Posts, topics and members that came from one moment to before another, whatever became of them. */
export async function countBetween(db: Db, from: number, to: number): Promise<Omit<BusyDay, 'day'>> {
  const { countAll } = db.fn
  const row = await db
    .selectNoFrom(eb => [
      eb
        .selectFrom('posts')
        .select(countAll<number>().as('n'))
        .where('created_at', '>=', from)
        .where('created_at', '<', to)
        .as('posts'),
      eb
        .selectFrom('topics')
        .select(countAll<number>().as('n'))
        // With its forum, so that the index of topics by forum and time is enough.
        .where('forum_id', 'in', eb.selectFrom('forums').select('id'))
        .where('created_at', '>=', from)
        .where('created_at', '<', to)
        .as('topics'),
      eb
        .selectFrom('members')
        .select(countAll<number>().as('n'))
        .where('joined_at', '>=', from)
        .where('joined_at', '<', to)
        .as('members'),
    ])
    .executeTakeFirstOrThrow()
  return { posts: Number(row.posts ?? 0), topics: Number(row.topics ?? 0), members: Number(row.members ?? 0) }
}

/** Keeps the figures of a day, in place of older ones. */
export async function keepDay(db: Db, { day, ...figures }: BusyDay): Promise<void> {
  await db
    .insertInto('busy_days')
    .values({ day, ...figures })
    .onConflict(conflict => conflict.column('day').doUpdateSet(figures))
    .execute()
}

export async function dropDays(db: Db, before: number): Promise<void> {
  await db.deleteFrom('busy_days').where('day', '<', before).execute()
}

/** All files that were uploaded, in bytes, in the size in which they came. */
export async function uploadedBytes(db: Db): Promise<{ files: number; bytes: number }> {
  const { countAll, sum } = db.fn
  const query = db
    .selectFrom('attachments')
    .select([countAll<number>().as('files'), sum<number | null>('bytes').as('bytes')])
  const { files, bytes } = await query.executeTakeFirstOrThrow()
  return { files: Number(files), bytes: Number(bytes ?? 0) }
}
