import type { Db } from '../../platform/store/index.ts'
import { standingOver } from './queries/sanctions.ts'
import { addUp, noSanctions, type Sanctions } from './state.ts'

/** What holds this member back at this moment; asks the database only where something did not long ago. */
export async function sanctionsOver(
  db: Db,
  member: { readonly id: number; readonly sanctioned_at: number | null },
  now = Date.now(),
): Promise<Sanctions> {
  return member.sanctioned_at === null ? noSanctions : addUp(await standingOver(db, member.id, now))
}
