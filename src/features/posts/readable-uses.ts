import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { canSeePost, canSeeVersions } from './policy.ts'
import { statesOf } from './queries/posts.ts'

interface Use {
  readonly post_id: number
  readonly shown: 0 | 1
}

/**
 * Those of these uses that this viewer may have: of what a post shows, or, where only an earlier version or an edit that
 * waits shows it, of what only its author and the moderators see.
 */
export async function readableUses<U extends Use>(db: Db, viewer: Viewer, uses: readonly U[]): Promise<U[]> {
  if (uses.length === 0) return []
  const ids = [...new Set(uses.map(use => use.post_id))]
  const states = new Map((await statesOf(db, ids)).map(state => [state.post.id, state]))
  return uses.filter(use => {
    const found = states.get(use.post_id)
    return found && (use.shown === 1 ? canSeePost : canSeeVersions)(viewer, found.topic, found.post)
  })
}
