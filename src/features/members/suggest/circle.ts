import type { Db } from '../../../platform/store/index.ts'
import { allGroups, appointments, permissionTable, reachOf } from '../../groups/index.ts'

/** Whom something can be shown: members of these groups, and where `only` stands, of those only these. */
export interface Circle {
  readonly groups: readonly number[]
  readonly only: Staff | null
}

interface Staff {
  readonly groups: readonly number[]
  readonly members: readonly number[]
}

/** No id is that. */
const nobody = 0

/** Whoever may read this forum. */
export async function readersOf(db: Db, forumId: number): Promise<Circle> {
  const table = await permissionTable(db)
  const readers = (await allGroups(db)).filter(({ id, kind }) => {
    const verbs = table.get(id)?.get(forumId)
    return verbs !== undefined && (kind === 'administrators' || verbs.has('read'))
  })
  return { groups: readers.map(({ id }) => id), only: null }
}

/** Of those the ones who moderate there, and this member besides: they see what was withdrawn or waits. */
export async function staffReading(db: Db, forumId: number, besides: number | null): Promise<Circle> {
  const administrators = (await allGroups(db)).filter(({ kind }) => kind === 'administrators')
  const staff = { groups: administrators.map(({ id }) => id), members: besides === null ? [] : [besides] }
  for (const { group_id, member_id } of await appointments(db)) {
    const reach = await reachOf(db, member_id ?? nobody, group_id ?? nobody)
    if (!reach.has(forumId)) continue
    if (group_id !== null) staff.groups.push(group_id)
    if (member_id !== null) staff.members.push(member_id)
  }
  return { ...(await readersOf(db, forumId)), only: staff }
}
