import { Gone, NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { allGroups } from '../groups/index.ts'
import { postsShown } from './audience.ts'
import { avatarOf } from './avatar.ts'
import { memberPath } from './load-viewer.ts'
import { memberById } from './queries.ts'
import type { Viewer } from './viewer.ts'

/** What everybody may know of a member. */
export interface ProfilePage {
  readonly id: number
  readonly name: string
  readonly path: string
  readonly colour: number
  readonly group: string
  readonly joinedAt: number
  /** Public posts in public topics, where whoever looks may read. */
  readonly postCount: number
  /** Nobody signs in to the account any more. */
  readonly closed: boolean
  /** The member whose everything of theirs is now. */
  readonly mergedInto: number | null
}

/** A member's profile. Throws NotFound, Gone for a deleted account. */
export async function profilePage(db: Db, viewer: Viewer, id: number): Promise<ProfilePage> {
  const member = await memberById(db, id)
  if (!member) throw new NotFound()
  if (member.deleted_at !== null && member.merged_into_id === null) throw new Gone()
  const group = (await allGroups(db)).find(group => group.id === member.group_id)
  return {
    id,
    name: member.name,
    path: memberPath(member),
    colour: avatarOf(member.name).colour,
    group: group?.name ?? '',
    joinedAt: member.joined_at,
    postCount: postsShown(viewer, member),
    closed: member.closed_at !== null,
    mergedInto: member.merged_into_id,
  }
}
