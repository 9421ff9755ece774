import type { Insertable, Selectable, Updateable } from 'kysely'
import {
  type AnnouncementsTable,
  bumpRevisions,
  byRevision,
  type Db,
  forUpdate,
  type Tx,
} from '../../platform/store/index.ts'

/** One of them, with the forums above whose pages it stands. */
export interface Announcement extends Selectable<AnnouncementsTable> {
  readonly forums: readonly number[]
}

/** Those that are to be shown now or later; kept in memory until one changes. */
export const standing: (db: Db) => Promise<readonly Announcement[]> = byRevision('shell', async db => {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where(eb => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', Date.now())]))
    .orderBy('id')
    .execute()
  return withForums(db, rows)
})

/** All of them, the newest first; those that were taken away, too, for a while. */
export async function allAnnouncements(db: Db, deletedSince: number): Promise<Announcement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where(eb => eb.or([eb('deleted_at', 'is', null), eb('deleted_at', '>', deletedSince)]))
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return withForums(db, rows)
}

export async function announcementById(db: Db, id: number): Promise<Announcement | undefined> {
  const rows = await db.selectFrom('announcements').selectAll().where('id', '=', id).execute()
  return (await withForums(db, rows))[0]
}

/** What this member has announced since then, without what was taken away. */
export async function madeBy(db: Db, memberId: number | null, since: number): Promise<Announcement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('created_at', '>=', since)
    .where('created_by_id', memberId === null ? 'is' : '=', memberId)
    .where('deleted_at', 'is', null)
    .execute()
  return withForums(db, rows)
}

/** One of them in a transaction, before whose end nobody changes it. */
export async function lockAnnouncement(tx: Tx, id: number): Promise<Announcement | undefined> {
  await tx.selectFrom('announcements').select('id').where('id', '=', id).$call(forUpdate(tx)).execute()
  return announcementById(tx, id)
}

async function withForums(db: Db, rows: readonly Selectable<AnnouncementsTable>[]): Promise<Announcement[]> {
  const ids = rows.map(({ id }) => id)
  const places = await db.selectFrom('announcement_forums').selectAll().where('announcement_id', 'in', ids).execute()
  return rows.map(row => ({
    ...row,
    forums: places.filter(place => place.announcement_id === row.id).map(({ forum_id }) => forum_id),
  }))
}

export async function insertAnnouncement(tx: Tx, row: Insertable<AnnouncementsTable>): Promise<number> {
  const { id } = await tx.insertInto('announcements').values(row).returning('id').executeTakeFirstOrThrow()
  await bumpRevisions(tx, 'shell')
  return id
}

export async function updateAnnouncement(tx: Tx, id: number, row: Updateable<AnnouncementsTable>): Promise<void> {
  await tx.updateTable('announcements').set(row).where('id', '=', id).execute()
  await bumpRevisions(tx, 'shell')
}

export async function writeForums(tx: Tx, id: number, forums: readonly number[]): Promise<void> {
  await tx.deleteFrom('announcement_forums').where('announcement_id', '=', id).execute()
  // One that was deleted meanwhile is passed over.
  const there = await tx
    .selectFrom('forums')
    .select('id')
    .where('id', 'in', [...forums])
    .execute()
  const rows = there.map(forum => ({ announcement_id: id, forum_id: forum.id }))
  if (rows.length > 0) await tx.insertInto('announcement_forums').values(rows).execute()
}

/** Those that should be shown now and are not, or the other way round. */
export async function turningNow(db: Db, now: number): Promise<{ id: number; shown: 0 | 1 }[]> {
  return db
    .selectFrom('announcements')
    .select(['id', 'shown'])
    .where(eb => {
      const isLive = eb.and([
        eb('deleted_at', 'is', null),
        eb('starts_at', '<=', now),
        eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]),
      ])
      return eb.or([eb.and([eb('shown', '=', 0), isLive]), eb.and([eb('shown', '=', 1), eb.not(isLive)])])
    })
    .execute()
}

/** Those that this member has put away. */
export async function dismissedBy(db: Db, memberId: number, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('announcement_dismissals')
    .select('announcement_id')
    .where('member_id', '=', memberId)
    .where('announcement_id', 'in', [...ids])
    .execute()
  return new Set(rows.map(row => row.announcement_id))
}

export async function insertDismissal(db: Db, announcementId: number, memberId: number, now: number): Promise<void> {
  await db
    .insertInto('announcement_dismissals')
    .values({ announcement_id: announcementId, member_id: memberId, created_at: now })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** What was taken away so long ago is gone. */
export async function purgeDeleted(db: Db, before: number): Promise<void> {
  await db.deleteFrom('announcements').where('deleted_at', '<', before).execute()
}
