import { msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import { logDeed } from '../log/entry.ts'
import type { Viewing } from './viewing.ts'

/** Writes in the administration log that somebody began to look with these eyes, ended it, or that its time was over. */
export async function logViewing(
  db: Db,
  by: number,
  what: 'begun' | 'ended' | 'over',
  { kind, id }: Pick<Viewing, 'kind' | 'id'>,
): Promise<void> {
  const group = kind === 'group' ? (await allGroups(db)).find(one => one.id === id) : undefined
  const path = kind === 'member' ? `/admin/members/${id}/view-as` : '/admin/view-as'
  const message = msg(
    `admin.viewing_${what}_${kind}`,
    kind === 'group' ? { group: group?.name ?? `#${id}` } : { name: '' },
  )
  await logDeed(db, { by, path, message })
}
