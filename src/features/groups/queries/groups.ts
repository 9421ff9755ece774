import type { Selectable } from 'kysely'
import { byRevision, type Db, type GroupsTable, type ModeratorsTable } from '../../../platform/store/index.ts'
import { type ActName, actNames, type ForumVerb, forumVerbs, reservedActs } from '../verbs.ts'

export type Group = Selectable<GroupsTable>
export type Appointment = Selectable<ModeratorsTable>

/** Every group, highest standing last; kept in memory until one changes. */
export const allGroups: (db: Db) => Promise<readonly Group[]> = byRevision('shell', db =>
  db.selectFrom('groups').selectAll().orderBy('standing').orderBy('id').execute(),
)

/** The rows of the permission matrix, to be resolved up the tree of forums. */
export async function permissionRows(db: Db) {
  return db.selectFrom('permissions').selectAll().execute()
}

/** The parent of each forum; null at the root. */
async function parents(db: Db): Promise<Map<number, number | null>> {
  const rows = await db.selectFrom('forums').select(['id', 'parent_id']).execute()
  return new Map(rows.map(row => [row.id, row.parent_id]))
}

export type Verbs = ReadonlySet<ForumVerb>
export type ForumVerbs = ReadonlyMap<number, Verbs>

/**
 * For every group, what it may do in every forum: the nearest answer up the tree, ending in the one for everywhere. Whoever
 * may not read a forum may not read what is below it either, so that no path ever names it.
 */
export const permissionTable: (db: Db) => Promise<ReadonlyMap<number, ForumVerbs>> = byRevision(
  'permissions',
  async db => {
    const [groups, rows, tree] = [await allGroups(db), await permissionRows(db), await parents(db)]
    const said = new Map(rows.map(row => [`${row.forum_id} ${row.group_id} ${row.verb}`, row.allowed === 1]))
    const may = (forum: number | null, group: number, verb: ForumVerb): boolean =>
      said.get(`${forum ?? 0} ${group} ${verb}`) ?? (forum === null ? false : may(tree.get(forum) ?? null, group, verb))
    const mayReach = (forum: number | null, group: number): boolean =>
      forum === null || (may(forum, group, 'read') && mayReach(tree.get(forum) ?? null, group))
    const verbsIn = (forum: number, group: number) =>
      new Set(mayReach(forum, group) ? forumVerbs.filter(verb => may(forum, group, verb)) : [])
    return new Map(groups.map(({ id }) => [id, new Map([...tree.keys()].map(forum => [forum, verbsIn(forum, id)]))]))
  },
)

/** Every appointment of a moderator; kept in memory until one changes. */
export const appointments: (db: Db) => Promise<readonly Appointment[]> = byRevision('permissions', db =>
  db.selectFrom('moderators').selectAll().orderBy('id').execute(),
)

export type Reach = ReadonlyMap<number, ReadonlySet<ActName>>

/** No forum has this id: it stands for all of them, and for what belongs to none. */
export const everywhere = 0

/**
 * The forums (with the subforums of each) in which this member or group moderates, and the acts for each; under
 * `everywhere` those that an appointment for every forum gives.
 */
export async function reachOf(db: Db, memberId: number, groupId: number): Promise<Reach> {
  const own = (await appointments(db)).filter(row => row.member_id === memberId || row.group_id === groupId)
  if (own.length === 0) return new Map()
  const tree = await forumParents(db)
  const reach = new Map<number, ReadonlySet<ActName>>()
  for (const row of own) {
    const acts = actsIn(row)
    if (row.forum_id === everywhere) reach.set(everywhere, joined(reach.get(everywhere), acts))
    for (const forum of tree.keys())
      if (isWithin(tree, forum, row.forum_id)) reach.set(forum, joined(reach.get(forum), acts))
  }
  return reach
}

const forumParents = byRevision('permissions', parents)

function isWithin(tree: ReadonlyMap<number, number | null>, forum: number, root: number): boolean {
  for (let at: number | null = forum; at !== null; at = tree.get(at) ?? null) if (at === root) return true
  return root === everywhere
}

const usualActs = actNames.filter(act => !reservedActs.includes(act))

/** The acts that an appointment names; `*` stands for all that it need not name. */
function actsIn({ acts }: Appointment): ActName[] {
  const named: string[] = JSON.parse(acts)
  return [...(named.includes('*') ? usualActs : []), ...actNames.filter(act => named.includes(act))]
}

function joined(known: ReadonlySet<ActName> | undefined, acts: readonly ActName[]): ReadonlySet<ActName> {
  return new Set([...(known ?? []), ...acts])
}
