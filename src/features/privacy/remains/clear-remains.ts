import { setImmediate } from 'node:timers/promises'
import { enqueue } from '../../../platform/jobs/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { type Member, memberById } from '../../members/index.ts'
import { removeHeld } from '../../posts/index.ts'
import { remainsJob } from '../leaving/close-account.ts'
import { eraseAddressesOf } from '../queries/remains.ts'
import { changeNameEverywhere, type Heir } from './change-name.ts'
import { erasePosts } from './erase-posts.ts'

const portion = 500
/** How long someone may still be answering to a quote that they took before, in milliseconds. */
const answering = 60 * 60_000

export interface Remains {
  readonly memberId: number
  /** What becomes of the posts. */
  readonly posts: 'keep' | 'remove'
  /** Once more, for those who were answering the first time. */
  readonly again?: boolean | undefined
}

/** Takes away what a deleted account leaves behind in posts. May run again. */
export async function clearRemains(db: Db, { memberId, posts, again = false }: Remains): Promise<void> {
  const member = await memberById(db, memberId)
  if (!member || member.deleted_at === null) return
  while ((await eraseAddressesOf(db, memberId, portion)) === portion) await setImmediate()
  // It waited for an account that is gone, and would for ever.
  await inTransaction(db, tx => removeHeld(tx, memberId))
  if (posts === 'remove') await erasePosts(db, memberId)
  await changeNameEverywhere(db, memberId, await heirOf(db, member))
  if (again) return
  const later = { key: `${remainsJob}:${memberId}:again`, runAt: Date.now() + answering }
  await inTransaction(db, tx => enqueue(tx, remainsJob, { memberId, posts, again: true }, later))
}

/** The member into whose account theirs was merged, as long as that is there. */
async function heirOf(db: Db, { merged_into_id }: Member): Promise<Heir | null> {
  const heir = merged_into_id === null ? undefined : await memberById(db, merged_into_id)
  return heir?.deleted_at === null ? heir : null
}
