import { type Files, openFiles } from '../../platform/files/index.ts'
import { type Db, identityOf } from '../../platform/store/index.ts'

const kept = new WeakMap<object, Files>()

/** Where uploads lie; said once in each process. Several processes of one forum must share the folder. */
export function keepUploadsIn(db: Db, folder: string): void {
  kept.set(identityOf(db), openFiles(folder))
}

/** For work that has only the database in hand. */
export function filesOf(db: Db): Files {
  const files = kept.get(identityOf(db))
  if (!files) throw new Error('Nobody said where uploads are kept')
  return files
}
