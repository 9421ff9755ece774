import { randomBytes } from 'node:crypto'
import { type BackupContents, BackupFault } from '../../platform/backup/index.ts'
import { pauseWork } from '../../platform/jobs/index.ts'
import { type Db, identityOf, otherProcesses } from '../../platform/store/index.ts'
import { beside, placeOf } from './beside.ts'
import { closeFor } from './closed.ts'
import type { Kept } from './folder/list.ts'
import { type Restoring, readNote, type Work, working, workUnderWay, writeNote } from './folder/notes.ts'
import { type Room, roomForRestore } from './folder/room.ts'
import { folderOf, type Keeping, keepingOf } from './keeping.ts'
import { copyNow } from './make.ts'

/** Whether a backup can be brought back here and now, and what it holds; else why not. */
export type Prospect =
  | { readonly can: true; readonly contents: BackupContents; readonly room: Room | null }
  | { readonly can: false; readonly why: 'damaged'; readonly fault: string }
  | { readonly can: false; readonly why: 'several'; readonly others: number }
  | { readonly can: false; readonly why: 'room'; readonly room: Room }

/** Looks at a backup and at the forum, and changes nothing. */
export async function prospectOf(db: Db, { path, name }: Pick<Kept, 'path' | 'name'>): Promise<Prospect> {
  const keeping = keepingOf(db)
  const { contents, fault } = await beside({ do: 'look', file: path })
  if (!contents) return { can: false, why: 'damaged', fault: withName(fault ?? '', path, name) }
  const room = await roomForRestore(keeping, contents.bytes)
  if (room && room.free < room.need) return { can: false, why: 'room', room }
  const others = await otherProcesses(db)
  if (others > 0) return { can: false, why: 'several', others }
  return { can: true, contents, room }
}

export interface RestoreOrder {
  readonly backup: Pick<Kept, 'path' | 'name'>
  /** A backup of what is there now is made before it is gone. */
  readonly copyFirst: boolean
}

const followers = new WeakMap<object, () => Promise<void>>()

/** What is done once the database is another one: what every start of the forum does. */
export function whenRestored(db: Db, act: () => Promise<void>): void {
  followers.set(identityOf(db), act)
}

const underWay = new Set<Promise<void>>()

/**
 * Begins to bring a backup back in the place of the forum that is there, and gives the number under which it can be read
 * how that goes. All of it is checked first; then the forum is closed, and open again when it is the other one, or, when
 * anything went wrong, as it was. null: somebody works with the backups.
 */
export async function beginRestore(db: Db, order: RestoreOrder): Promise<string | null> {
  const keeping = keepingOf(db)
  const folder = folderOf(keeping)
  const id = randomBytes(16).toString('hex')
  const begun = Promise.withResolvers<boolean>()
  const note = { id, name: order.backup.name, at: Date.now() }
  const all = working(folder, 'restoring', async () => {
    writeNote(folder, 'restored', { ...note, result: 'under_way' })
    begun.resolve(true)
    const end = await restoreNow(db, keeping, order)
    writeNote(folder, 'restored', { ...note, ...end })
  })
  const done = all.then(
    () => begun.resolve(false),
    error => begun.reject(error),
  )
  underWay.add(done)
  void done.finally(() => underWay.delete(done))
  return (await begun.promise) ? id : null
}

/** Resolves when what was begun in this process is over. */
export async function restoresEnded(): Promise<void> {
  await Promise.all(underWay)
}

/** How the one of this number went, or goes, and how far that is; null: there is none. */
export async function restoringOf(db: Db, id: unknown): Promise<(Restoring & { work: Work | null }) | null> {
  const folder = folderOf(keepingOf(db))
  const note = readNote(folder, 'restored')
  if (!note || note.id !== id) return null
  const work = note.result === 'under_way' ? await workUnderWay(folder) : null
  // Whoever did it was stopped, and the database undid what was not complete.
  if (note.result === 'under_way' && !work) return { ...note, result: 'stopped', work }
  return { ...note, work }
}

type End = Pick<Restoring, 'result' | 'madeAt' | 'rows' | 'files' | 'error'>

async function restoreNow(db: Db, keeping: Keeping, { backup, copyFirst }: RestoreOrder): Promise<End> {
  const { path, name } = backup
  try {
    demand(await beside({ do: 'check', file: path, place: placeOf(keeping) }))
    const others = await otherProcesses(db)
    if (others > 0) throw new BackupFault('Other processes of this forum have been started meanwhile')
    const goOn = await pauseWork(db)
    const open = closeFor(db)
    try {
      if (copyFirst) await copyOrThrow(db, keeping)
      const contents = demand(await beside({ do: 'restore', file: path, place: placeOf(keeping) }))
      await followers.get(identityOf(db))?.()
      return { result: 'restored', madeAt: contents.madeAt, rows: contents.rows, files: contents.files }
    } finally {
      open()
      goOn()
    }
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    keeping.warn({ backup: name, error }, 'a backup was not restored')
    return { result: 'failed', error: withName(said, path, name) }
  }
}

function demand({ contents, fault }: { contents?: BackupContents; fault?: string }): BackupContents {
  if (contents) return contents
  throw new BackupFault(fault ?? '')
}

async function copyOrThrow(db: Db, keeping: Keeping): Promise<void> {
  const { result, error } = await copyNow(db, keeping, 'restore')
  if (result === 'made') return
  throw new BackupFault(
    result === 'short'
      ? 'The disk has no room for a copy of the forum as it is now'
      : `The forum as it is now cannot be copied: ${error}`,
  )
}

/** Nobody has to read where on the server it lies. */
function withName(fault: string, path: string, name: string): string {
  return fault.replaceAll(path, name)
}
