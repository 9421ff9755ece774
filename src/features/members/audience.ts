import type { Db } from '../../platform/store/index.ts'
import { allGroups, type ForumVerbs, forumLocks, permissionTable } from '../groups/index.ts'
import type { PostCounts } from './queries.ts'
import type { Audience, Viewer } from './viewer.ts'

/** As whom somebody counts who may do this: as a member only if they read all that ordinary members read. */
export async function audienceOf(db: Db, { forums, admin }: Pick<Viewer, 'forums' | 'admin'>): Promise<Audience> {
  if (admin) return 'all'
  const members = (await allGroups(db)).find(({ kind }) => kind === 'members')
  const theirs: ForumVerbs = (members && (await permissionTable(db)).get(members.id)) ?? new Map()
  const locks = await forumLocks(db)
  const isOpen = (id: number) => theirs.get(id)?.has('read') && !locks.has(id)
  return [...theirs.keys()].every(id => !isOpen(id) || forums.get(id)?.has('read')) ? 'members' : 'guests'
}

/** What this viewer is shown of how much a member wrote. Of their own posts everybody knows. */
export function postsShown(viewer: Viewer, counts: PostCounts & { readonly id: number | null }): number {
  if (viewer.audience === 'all' || (viewer.member && viewer.member.id === counts.id)) return counts.post_count
  return viewer.audience === 'members' ? counts.posts_for_members : counts.posts_for_guests
}
