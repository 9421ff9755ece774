import { msg, TooMany } from '../../platform/errors.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { isStaffIn, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'

const hour = 3600

/**
 * Counts this against what a member may post in an hour while it is done; what came to nothing does not count. Whoever
 * moderates here is not counted. Throws TooMany.
 */
export async function withinFlood<T extends { made: boolean }>(
  db: Db,
  viewer: Viewer,
  forumId: number,
  act: () => Promise<T>,
): Promise<T> {
  if (!viewer.member || isStaffIn(viewer, forumId)) return act()
  const key = String(viewer.member.id)
  await spend(db, key)
  try {
    const done = await act()
    if (!done.made) await limits(db).reward('posts', key)
    return done
  } catch (error) {
    await limits(db).reward('posts', key)
    throw error
  }
}

async function spend(db: Db, key: string): Promise<void> {
  const { posts_per_hour } = await settings(db)
  try {
    await limits(db).spend('posts', key, { points: posts_per_hour, seconds: hour })
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    const minutes = Math.ceil(error.retryAfter / 60)
    throw new TooMany(error.retryAfter, msg('posts.too_many', { max: posts_per_hour, minutes }))
  }
}
