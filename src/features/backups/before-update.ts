import { setTimeout } from 'node:timers/promises'
import { BackupFault, makeBackup } from '../../platform/backup/index.ts'
import { appliedMigrations, pendingMigrations, type Store } from '../../platform/store/index.ts'
import { storedSettings } from '../settings/index.ts'
import { newPath, sweepParts, thinOut } from './folder/list.ts'
import { type Outcome, readNote, working, workUnderWay, writeNote } from './folder/notes.ts'
import { roomForBackup } from './folder/room.ts'
import { filesOf, folderOf, type Keeping, notCopied } from './keeping.ts'
import { mostBefore } from './make.ts'

/**
 * Copies the forum before its database is changed by a newer version, unless an administrator does not want that, there is
 * no forum yet or the disk has no room: that is told, and the update goes on. Of several processes that start at once
 * one makes the copy and the others wait for it.
 */
export async function copyBeforeUpdate(store: Store, keeping: Keeping, tell: (line: string) => void): Promise<void> {
  const folder = folderOf(keeping)
  for (;;) {
    if (!(await isDue(store))) return
    const done = await working(folder, 'update', async () => {
      // Whoever waited may find that everything is done.
      if (await isDue(store)) await copy(store, keeping, tell)
      return true
    })
    if (done) return
    while (await workUnderWay(folder)) await setTimeout(200)
    if (wasJustMade(folder)) return
  }
}

async function isDue(store: Store): Promise<boolean> {
  if ((await appliedMigrations(store.db)).length === 0) return false
  if ((await pendingMigrations(store)).length === 0) return false
  return (await storedSettings(store.db)).backup_before_update
}

function wasJustMade(folder: string): boolean {
  const last = readNote(folder, 'last')
  return last?.reason === 'update' && Date.now() - last.at < 60_000
}

async function copy(store: Store, keeping: Keeping, tell: (line: string) => void): Promise<void> {
  const folder = folderOf(keeping)
  const began = Date.now()
  const end = (rest: Omit<Outcome, 'reason' | 'at'>) => {
    writeNote(folder, 'last', { reason: 'update', at: Date.now(), ms: Date.now() - began, ...rest })
  }
  await sweepParts(folder)
  const room = await roomForBackup(store.db, keeping)
  if (room && room.free < room.need) {
    keeping.warn({ ...room }, 'no backup was made before the update: the disk has too little room')
    return end({ result: 'short', ...room })
  }
  const file = await newPath(folder, 'update', began)
  const holdings = { store, files: filesOf(keeping), secretFile: keeping.secretFile }
  try {
    await makeBackup(holdings, { file, overwrite: false, without: notCopied })
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error
    keeping.warn({ error }, 'no backup was made before the update')
    return end({ result: 'failed', error: error.message.replaceAll(`${folder}/`, '') })
  }
  tell(file)
  end({ result: 'made' })
  await thinOut(folder, 'update', mostBefore)
}
