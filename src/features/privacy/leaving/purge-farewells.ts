import type { Db } from '../../../platform/store/index.ts'
import { deleteFarewellsBefore } from '../queries/leaving.ts'

/** For so long the mail may be tried. */
const keptMs = 24 * 60 * 60_000

/** Forgets whom we told that their account is gone. */
export async function purgeFarewells(db: Db, now = Date.now()): Promise<void> {
  await deleteFarewellsBefore(db, now - keptMs)
}
