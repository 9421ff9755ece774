import type { Db } from '../../platform/store/index.ts'
import { listBackups, newestBackup } from './folder/list.ts'
import { readNote, workUnderWay } from './folder/notes.ts'
import { roomForBackup } from './folder/room.ts'
import { folderOf, keepingOf } from './keeping.ts'

/** Everything that the page of backups shows. */
export async function backupsPage(db: Db) {
  const keeping = keepingOf(db)
  const folder = folderOf(keeping)
  const backups = await listBackups(folder)
  const work = await workUnderWay(folder)
  const restored = readNote(folder, 'restored')
  return {
    folder,
    work,
    last: readNote(folder, 'last'),
    restored: restored?.result === 'under_way' ? null : restored,
    backups: backups.map(({ path: _, ...one }) => one),
    bytes: backups.reduce((sum, one) => sum + one.bytes, 0),
    disk: await roomForBackup(db, keeping),
  }
}

/** What the overview says of backups: the newest whole one, and whether the last one could not be made. */
export async function newestBackupOf(db: Db) {
  const folder = folderOf(keepingOf(db))
  const last = readNote(folder, 'last')
  return { newest: await newestBackup(folder), missed: last && last.result !== 'made' ? last.result : null }
}
