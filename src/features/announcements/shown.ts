import type { Db } from '../../platform/store/index.ts'
import { forumTree } from '../forums/index.ts'
import { mayIn, type Viewer } from '../members/index.ts'
import { type Announcement, dismissedBy, standing } from './queries.ts'

/** What stands above a page for this viewer: everywhere, or above the pages of this forum and those around it. */
export async function shownTo(
  db: Db,
  viewer: Viewer,
  place: number | null,
  away: readonly number[],
  now = Date.now(),
): Promise<Announcement[]> {
  const live = (await standing(db)).filter(one => isLive(one, now) && isFor(one, viewer))
  if (live.length === 0) return []
  const around = place === null ? [] : await placesAround(db, place)
  const here = live.filter(one => one.site_wide === 1 || one.forums.some(forum => around.includes(forum)))
  const asked = here.filter(one => one.dismissible === 1).map(({ id }) => id)
  const { member } = viewer
  const stored = member ? await dismissedBy(db, member.id, asked) : new Set<number>()
  return here.filter(one => one.dismissible === 0 || !(stored.has(one.id) || away.includes(one.id)))
}

/** Whether it can have stood above a page that this viewer may read. */
export function mayMeet(one: Announcement, viewer: Viewer): boolean {
  return isFor(one, viewer) && (one.site_wide === 1 || one.forums.some(forum => mayIn(viewer, forum, 'read')))
}

/** What guests may have put away, of all that stands somewhere. */
export async function guestsMayPutAway(db: Db): Promise<ReadonlySet<number>> {
  const theirs = (await standing(db)).filter(
    one => one.dismissible === 1 && ['everybody', 'guests'].includes(one.audience),
  )
  return new Set(theirs.map(({ id }) => id))
}

/** Between its dates, and not taken away. */
export function isLive({ deleted_at, starts_at, ends_at }: Announcement, now: number): boolean {
  return deleted_at === null && starts_at <= now && (ends_at === null || ends_at > now)
}

function isFor({ audience, group_id }: Announcement, { member, groupId }: Viewer): boolean {
  if (audience === 'guests') return member === null
  if (audience === 'members') return member !== null
  return audience === 'everybody' || group_id === groupId
}

/** The forum and those that it lies in. */
async function placesAround(db: Db, forumId: number): Promise<number[]> {
  const forum = (await forumTree(db)).byId.get(forumId)
  return forum ? [forum.id, ...forum.ancestors.map(({ id }) => id)] : []
}
