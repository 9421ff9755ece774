import { basename } from 'node:path'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { beside, placeOf } from './beside.ts'
import { newPath, sweepParts, thinOut } from './folder/list.ts'
import type { Reason } from './folder/names.ts'
import { type Outcome, working, writeNote } from './folder/notes.ts'
import { type Room, roomForBackup } from './folder/room.ts'
import { folderOf, type Keeping, keepingOf } from './keeping.ts'

/** How many stay of those that are made before something dangerous. */
export const mostBefore = 3

/**
 * Makes a backup beside everything else, unless another one is being made: then null. What became of it is written down
 * where the page of backups and the overview read it. A disk without room is no fault: it is told, and nothing is made.
 */
export async function makeKept(db: Db, reason: Reason): Promise<Outcome | null> {
  const keeping = keepingOf(db)
  return working(folderOf(keeping), reason, () => copyNow(db, keeping, reason))
}

/** The same for whoever has seen to it that nobody else works with the backups. */
export async function copyNow(db: Db, keeping: Keeping, reason: Reason): Promise<Outcome> {
  const folder = folderOf(keeping)
  const began = Date.now()
  await sweepParts(folder)
  const room = await roomForBackup(db, keeping)
  if (room && room.free < room.need) return tooLittle(keeping, reason, room)
  const file = await newPath(folder, reason, began)
  const { fault, faults = [] } = await beside({ do: 'make', file, place: placeOf(keeping) }).catch(failure => ({
    fault: failure instanceof Error ? firstLine(failure.message) : String(failure),
    faults: [],
  }))
  const error = fault ?? (faults.join('; ') || undefined)
  const outcome: Outcome = {
    reason,
    at: Date.now(),
    ms: Date.now() - began,
    result: error === undefined ? 'made' : 'failed',
    ...(error !== undefined && { error: error.replaceAll(`${folder}/`, '') }),
  }
  writeNote(folder, 'last', outcome)
  if (error !== undefined) keeping.warn({ backup: basename(file), error }, 'backup failed')
  else await thin(db, folder, reason)
  return outcome
}

function tooLittle(keeping: Keeping, reason: Reason, { need, free }: Room): Outcome {
  const outcome: Outcome = { reason, at: Date.now(), result: 'short', need, free }
  writeNote(folderOf(keeping), 'last', outcome)
  keeping.warn({ need, free }, 'no backup was made: the disk has too little room')
  return outcome
}

async function thin(db: Db, folder: string, reason: Reason): Promise<void> {
  if (reason === 'nightly') await thinOut(folder, reason, (await settings(db)).backup_keep)
  if (reason === 'restore') await thinOut(folder, reason, mostBefore)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
