import type { Db } from '../../platform/store/index.ts'
import { allGroups, appointments } from './queries/groups.ts'

/** Whoever is appointed stands at least so high: above the members whose posts they are to moderate. */
export const appointedStanding = 100

/** How high members stand at this moment: as their group, or as whoever moderates. */
export async function standings(db: Db): Promise<(member: { id: number; group_id: number }) => number> {
  const byGroup = new Map((await allGroups(db)).map(group => [group.id, group.standing]))
  const appointed = await appointments(db)
  const members = new Set(appointed.map(row => row.member_id))
  const groups = new Set(appointed.map(row => row.group_id))
  return ({ id, group_id }) => {
    const least = members.has(id) || groups.has(group_id) ? appointedStanding : 0
    return Math.max(least, byGroup.get(group_id) ?? 0)
  }
}
