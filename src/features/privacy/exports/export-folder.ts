import { join } from 'node:path'
import { type Db, identityOf } from '../../../platform/store/index.ts'

const folders = new WeakMap<object, string>()

/**
 * Where the files lie that members download; said once in each process. Several processes of one forum must share it: a
 * file is made by the one that does the work and downloaded from any.
 */
export function keepExportsIn(db: Db, folder: string): void {
  folders.set(identityOf(db), folder)
}

export function exportFolder(db: Db): string {
  const folder = folders.get(identityOf(db))
  if (folder === undefined) throw new Error('Nobody said where exports are kept')
  return folder
}

/** Where a file of this name lies. */
export function exportPath(db: Db, file: string): string {
  return join(exportFolder(db), file)
}
