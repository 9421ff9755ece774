import type { Files } from '../../platform/files/index.ts'
import { type Db, inTransaction, lockName } from '../../platform/store/index.ts'
import {
  type Attachment,
  attachmentsAfter,
  deleteAttachment,
  isFileNeeded,
  lockAttachment,
  namedInClaims,
  neededAmong,
  unusedBefore,
} from './queries/attachments.ts'
import { isUsed } from './queries/uses.ts'

const day = 24 * 60 * 60_000
const portion = 200

export type KeptNames = Pick<Attachment, 'file' | 'display' | 'thumb'>

/** The names of the files of an attachment, always in the same order, so that two who lock them never wait in a circle. */
export function namesIn({ file, display, thumb }: KeptNames): string[] {
  return [...new Set([file, display, thumb].filter(name => name !== null))].sort()
}

/** Removes an attachment, unless a text shows it or ever showed it; says whether it did. */
export async function removeAttachment(db: Db, files: Files, id: number): Promise<boolean> {
  const gone = await inTransaction(db, async tx => {
    const row = await lockAttachment(tx, id)
    if (!row || (await isUsed(tx, id))) return null
    await deleteAttachment(tx, id)
    return row
  })
  // Whoever is making a backup may still be about to copy them.
  for (const name of gone ? namesIn(gone) : []) await files.touch(name)
  return gone !== null
}

/**
 * Removes what nobody showed to anybody for a day after it was uploaded, and then files that have belonged to nothing for
 * a day.
 */
export async function removeUnused(db: Db, files: Files, now = Date.now()): Promise<void> {
  const named = await namedInClaims(db)
  for (let after = 0; ; ) {
    const ids = await unusedBefore(db, { time: now - day, after, limit: portion })
    for (const id of ids) if (!named.has(id)) await removeAttachment(db, files, id)
    if (ids.length < portion) break
    after = ids.at(-1) ?? 0
  }
  await sweepFiles(db, files)
}

async function sweepFiles(db: Db, files: Files): Promise<void> {
  await files.sweepScratch(day)
  const names = (await files.names()).filter(name => name.endsWith('.kept'))
  for (let at = 0; at < names.length; at += portion) {
    const some = names.slice(at, at + portion)
    const needed = await neededAmong(db, some)
    for (const name of some) if (!needed.has(name)) await sweepFile(db, files, name)
  }
}

/** Whoever uploads the same content at this moment holds the same lock, and looks again afterwards. */
async function sweepFile(db: Db, files: Files, name: string): Promise<void> {
  if (((await files.age(name)) ?? 0) < day) return
  await inTransaction(db, async tx => {
    await lockName(tx, `file ${name}`)
    if (!(await isFileNeeded(tx, name))) await files.remove(name)
  })
}

/** The attachments one of whose files is not among these. */
export async function missingFiles(db: Db, names: readonly string[]): Promise<{ id: number; name: string }[]> {
  const there = new Set(names)
  const missing: { id: number; name: string }[] = []
  for (let after = 0; ; ) {
    const rows = await attachmentsAfter(db, after, portion)
    missing.push(...rows.filter(row => namesIn(row).some(name => !there.has(name))))
    if (rows.length < portion) return missing.map(({ id, name }) => ({ id, name }))
    after = rows.at(-1)?.id ?? 0
  }
}
