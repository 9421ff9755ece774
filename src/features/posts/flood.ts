import { msg, TooMany } from '../../platform/errors.ts'
import { addressKey, limits } from '../../platform/limits/index.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { isStaffIn, type Viewer } from '../members/index.ts'
import { type Settings, settings } from '../settings/index.ts'

const hour = 3600
/** What composing may cost one person, or one household of guests: nobody who writes comes near it. */
const work = { points: 60, seconds: 60 }
/** Characters for which a text costs a point more. */
const perPoint = 16 * 1024

/**
 * Counts the work that a text makes, whatever becomes of it: looks at what it would be, and long texts. What is sent
 * and short is counted as a post or a claim alone. Throws TooMany.
 */
export async function countWork(db: Db, { member, address }: Viewer, body: string, isLook: boolean): Promise<void> {
  if (!isLook && body.length < perPoint) return
  const by = member ? `member ${member.id}` : addressKey(address)
  try {
    await limits(db).spend('compose', by, work, 1 + Math.floor(body.length / perPoint))
  } catch (error) {
    throw error instanceof TooMany ? new TooMany(error.retryAfter, msg('posts.too_much_work')) : error
  }
}

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
  await spend(db, kind, key, await settings(db))
  let made = false
  try {
    const done = await act()
    made = done.made
    return done
  } finally {
    if (!made) await limits(db).reward(kind, key)
  }
}

/**
 * Counts a post in the transaction that writes it, and so only if it is written. First of all there: whoever waits for
 * this counter holds nothing yet. Throws as `withinFlood`.
 */
export async function countPost(
  tx: Tx,
  viewer: Viewer,
  forumId: number,
  rules: Pick<Settings, 'posts_per_hour'>,
): Promise<void> {
  if (!viewer.member || isStaffIn(viewer, forumId)) return
  await spend(tx, 'posts', String(viewer.member.id), rules)
}

async function spend(
  db: Db,
  kind: 'posts' | 'edits',
  key: string,
  { posts_per_hour: points }: Pick<Settings, 'posts_per_hour'>,
): Promise<void> {
  try {
    await limits(db).spend(kind, key, { points, seconds: hour })
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    const minutes = Math.ceil(error.retryAfter / 60)
    throw new TooMany(error.retryAfter, msg(`posts.too_many_${kind}`, { max: points, minutes }))
  }
}
