import { msg, TooMany } from '../../platform/errors.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { isStaffIn, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'

const hour = 3600

/**
 * Counts this against how often a member may do it in an hour, posts and edits each for themselves; what came to nothing
 * does not count. Whoever moderates here is not counted. Throws TooMany.
 */
export async function withinFlood<T extends { readonly made: boolean }>(
  db: Db,
  viewer: Viewer,
  forumId: number,
  act: () => Promise<T>,
  kind: 'posts' | 'edits' = 'posts',
): Promise<T> {
  if (!viewer.member || isStaffIn(viewer, forumId)) return act()
  const key = String(viewer.member.id)
  await spend(db, kind, key)
  let made = false
  try {
    const done = await act()
    made = done.made
    return done
  } finally {
    if (!made) await limits(db).reward(kind, key)
  }
}

async function spend(db: Db, kind: 'posts' | 'edits', key: string): Promise<void> {
  const { posts_per_hour: points } = await settings(db)
  try {
    await limits(db).spend(kind, key, { points, seconds: hour })
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    const minutes = Math.ceil(error.retryAfter / 60)
    throw new TooMany(error.retryAfter, msg(`posts.too_many_${kind}`, { max: points, minutes }))
  }
}
