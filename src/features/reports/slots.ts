import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { type Post, postPath } from '../posts/index.ts'
import { settings } from '../settings/index.ts'
import { canReport } from './policy.ts'

/** Where this viewer reports these posts, by their ids. */
export async function reportPaths(db: Db, viewer: Viewer, posts: readonly Post[]): Promise<Map<number, string>> {
  const rules = await settings(db)
  const open = posts.filter(post => canReport(viewer, post, rules))
  return new Map(open.map(post => [post.id, `${postPath(post)}/report`]))
}
