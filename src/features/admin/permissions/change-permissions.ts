import { msg } from '../../../platform/errors.ts'
import { type Db, inTransaction, lockName, type Tx } from '../../../platform/store/index.ts'
import { forumTree } from '../../forums/index.ts'
import { everywhere, type ForumVerb, writePermissions } from '../../groups/index.ts'
import { logDeed, type PermissionChange } from '../log/entry.ts'
import { groupsInMatrix, isOpen, type Said, saying } from './matrix.ts'

/** One cell of the matrix as a page showed it, and as it is to be. */
export interface Wish {
  readonly forum: number
  readonly group: number
  readonly was: Said
  readonly is: Said
}

export interface Changing {
  readonly by: number
  readonly path: string
}

/**
 * Writes what is to be otherwise than it was shown, and in the log what it was before. What somebody else has changed since
 * it was shown comes back, and then nothing is written. Forums and groups that are gone are passed over.
 */
export async function changePermissions(
  db: Db,
  verb: ForumVerb,
  wishes: readonly Wish[],
  changing: Changing,
): Promise<{ readonly outdated: readonly Wish[] }> {
  return inTransaction(db, async tx => {
    await lockName(tx, 'permissions')
    const said = await saying(tx)
    const now = ({ forum, group }: Wish) => said(forum, group, verb)
    const isThere = await placesThere(tx)
    const wanted = wishes.filter(wish => isThere(wish, verb) && wish.is !== wish.was && wish.is !== now(wish))
    const outdated = wanted.filter(wish => now(wish) !== wish.was)
    if (outdated.length > 0) return { outdated }
    const changes = wanted.map(wish => ({ verb, forum: wish.forum, group: wish.group, from: now(wish), to: wish.is }))
    await write(tx, changes)
    if (changes.length > 0) await logDeed(tx, { ...changing, message: msg('admin.permissions_saved'), changes })
    return { outdated }
  })
}

type Place = Pick<PermissionChange, 'forum' | 'group'>

/** Where something can be written: of forums and groups that there are. */
async function placesThere(tx: Tx): Promise<(place: Place, verb: ForumVerb) => boolean> {
  const { byId } = await forumTree(tx)
  const groups = new Map((await groupsInMatrix(tx)).map(group => [group.id, group]))
  return ({ forum, group: id }, verb) => {
    const group = groups.get(id)
    return group !== undefined && isOpen(group, verb) && (forum === everywhere || byId.has(forum))
  }
}

async function write(tx: Tx, changes: readonly PermissionChange[]): Promise<void> {
  for (const [forum, those] of Map.groupBy(changes, change => change.forum)) {
    const answers = those.map(({ group, verb, to }) => ({ group_id: group, verb, allowed: to }))
    await writePermissions(tx, forum, answers)
  }
}

/**
 * Gives these permissions the values back that they had. False when one of them was changed again since, or its forum or
 * group is gone: then all stay as they are.
 */
export async function putPermissionsBack(tx: Tx, changes: readonly PermissionChange[], changing: Changing) {
  await lockName(tx, 'permissions')
  const [said, isThere] = [await saying(tx), await placesThere(tx)]
  const isAsLeft = (change: PermissionChange) =>
    isThere(change, change.verb) && said(change.forum, change.group, change.verb) === change.to
  if (!changes.every(isAsLeft)) return false
  const back = changes.map(change => ({ ...change, from: change.to, to: change.from }))
  await write(tx, back)
  await logDeed(tx, { ...changing, message: msg('admin.log_put_back'), changes: back })
  return true
}
