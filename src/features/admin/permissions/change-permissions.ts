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
    const wanted = (await possible(tx, verb, wishes)).filter(wish => wish.is !== wish.was && wish.is !== now(wish))
    const outdated = wanted.filter(wish => now(wish) !== wish.was)
    if (outdated.length > 0) return { outdated }
    const changes = wanted.map(wish => ({ verb, forum: wish.forum, group: wish.group, from: now(wish), to: wish.is }))
    await write(tx, changes)
    if (changes.length > 0) await logDeed(tx, { ...changing, message: msg('admin.permissions_saved'), changes })
    return { outdated }
  })
}

/** What can be written: of forums and groups that there are. */
async function possible(tx: Tx, verb: ForumVerb, wishes: readonly Wish[]): Promise<Wish[]> {
  const { byId } = await forumTree(tx)
  const groups = new Set((await groupsInMatrix(tx)).filter(group => isOpen(group, verb)).map(({ id }) => id))
  return wishes.filter(({ forum, group }) => groups.has(group) && (forum === everywhere || byId.has(forum)))
}

async function write(tx: Tx, changes: readonly PermissionChange[]): Promise<void> {
  for (const { verb, forum, group, to } of changes)
    await writePermissions(tx, forum, [{ group_id: group, verb, allowed: to }])
}

/**
 * Gives these permissions the values back that they had. False when one of them was changed again since, or its forum or
 * group is gone: then all stay as they are.
 */
export async function putPermissionsBack(tx: Tx, changes: readonly PermissionChange[], changing: Changing) {
  await lockName(tx, 'permissions')
  const said = await saying(tx)
  const back: PermissionChange[] = []
  for (const { verb, forum, group, from, to } of changes) {
    const [wish] = await possible(tx, verb, [{ forum, group, was: to, is: from }])
    if (!wish || said(forum, group, verb) !== to) return false
    back.push({ verb, forum, group, from: to, to: from })
  }
  await write(tx, back)
  await logDeed(tx, { ...changing, message: msg('admin.log_put_back'), changes: back })
  return true
}
