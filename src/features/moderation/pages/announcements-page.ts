import { excerpt } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type Announcement, allAnnouncements, isLive, keptMs, mayAnnounce } from '../../announcements/index.ts'
import { forumTree, subtree } from '../../forums/index.ts'
import { allGroups } from '../../groups/index.ts'
import { mayModerate, mayModerateEverywhere, type Viewer } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'

export type AnnouncementState = 'now' | 'later' | 'over' | 'removed'

/** The announcements that this moderator may change. */
export async function announcementsPage(db: Db, viewer: Viewer) {
  const now = Date.now()
  const { byId } = await forumTree(db)
  const groups = await allGroups(db)
  const own = (await allAnnouncements(db, now - keptMs)).filter(one => mayAnnounce(viewer, one))
  return {
    announcements: own.map(one => ({
      ...one,
      state: stateOf(one, now),
      excerpt: excerpt(one.body, 160),
      places: one.forums.flatMap(id => byId.get(id)?.name ?? []),
      group: groups.find(({ id }) => id === one.group_id)?.name ?? null,
    })),
  }
}

function stateOf(one: Announcement, now: number): AnnouncementState {
  if (one.deleted_at !== null) return 'removed'
  if (isLive(one, now)) return 'now'
  return one.starts_at > now ? 'later' : 'over'
}

/** Where this moderator may announce, and to whom. */
export async function announcementChoices(db: Db, viewer: Viewer) {
  const { roots } = await forumTree(db)
  const forums = roots.flatMap(subtree).filter(forum => mayModerate(viewer, forum.id, 'announce'))
  return {
    isEverywhere: mayModerateEverywhere(viewer, 'announce'),
    places: forums.map(forum => ({ forum, depth: forum.ancestors.length })),
    groups: (await allGroups(db)).filter(({ kind }) => kind !== 'guests'),
    timeZone: (await settings(db)).time_zone,
  }
}

/** An announcement as the fields of its form hold it. */
export async function typedOf(db: Db, one: Announcement): Promise<Record<string, string | string[]>> {
  const { time_zone } = await settings(db)
  const dayOf = (at: number | null) =>
    at === null ? '' : new Intl.DateTimeFormat('sv', { timeZone: time_zone, dateStyle: 'short' }).format(at)
  return {
    title: one.title,
    body: one.body,
    where: one.site_wide === 1 ? 'all' : 'some',
    forum: one.forums.map(String),
    audience: one.audience,
    group: one.group_id === null ? '' : String(one.group_id),
    from: one.starts_at === one.created_at ? '' : dayOf(one.starts_at),
    // The moment after its last day.
    until: dayOf(one.ends_at === null ? null : one.ends_at - 1),
    dismissible: one.dismissible === 1 ? '1' : '',
  }
}
