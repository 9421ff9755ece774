import type { Db } from '../../platform/store/index.ts'
import { allGroups } from '../groups/index.ts'
import type { Viewer } from '../members/index.ts'
import { keptBytesFor } from './queries/attachments.ts'

/**
 * Whether the forum keeps more pictures of elsewhere for what this viewer writes (a guest: for all guests together): so
 * many bytes of them as their group may upload, beside what they upload themselves.
 */
export async function mayKeepMore(db: Db, { member, groupId }: Viewer): Promise<boolean> {
  const group = (await allGroups(db)).find(({ id }) => id === groupId)
  return (await keptBytesFor(db, member?.id ?? null)) < (group?.upload_total_bytes ?? 0)
}
