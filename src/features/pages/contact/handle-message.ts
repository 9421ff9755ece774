import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { messageById, writeHandled } from './queries.ts'

/** Notes that an administrator has dealt with a message, or that nobody has. Twice is no mistake. Throws NotFound. */
export async function handleMessage(db: Db, byId: number, id: number, handled: boolean): Promise<void> {
  if (!(await messageById(db, id))) throw new NotFound()
  await writeHandled(db, id, handled ? Date.now() : null, handled ? byId : null)
}
