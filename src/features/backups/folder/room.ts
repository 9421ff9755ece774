import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type Db, databaseFigures } from '../../../platform/store/index.ts'
import { filesOf, type Keeping } from '../keeping.ts'

/** Bytes that are needed and that are left. */
export interface Room {
  readonly need: number
  readonly free: number
}

const margin = 1.1
/** What the forum itself needs to go on. */
const reserve = 64 * 1024 * 1024

/** Free room where backups lie, in bytes; null where the system does not say. */
export async function freeIn(keeping: Keeping, folder = keeping.dataDir): Promise<number | null> {
  if (keeping.freeBytes) return keeping.freeBytes(folder)
  return statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
}

/** What a backup may take at most, as if nothing in it could be compressed, and what is left; null where nobody knows. */
export async function roomForBackup(db: Db, keeping: Keeping): Promise<Room | null> {
  const free = await freeIn(keeping)
  if (free === null) return null
  const { bytes } = await databaseFigures(db)
  const need = Math.ceil((bytes + (await sizeOf(filesOf(keeping).folder))) * margin) + reserve
  return { need, free }
}

/** What bringing a copy back may take that has so many bytes unpacked: the rows lie in the log too until they are all there. */
export async function roomForRestore(keeping: Keeping, unpacked: number): Promise<Room | null> {
  const free = await freeIn(keeping)
  const times = keeping.database.kind === 'sqlite' ? 2 : 1
  return free === null ? null : { need: Math.ceil(unpacked * times * margin) + reserve, free }
}

/** The most that an upload may have, in bytes: what is left but for the reserve. */
export async function largestUpload(keeping: Keeping): Promise<number> {
  const free = (await freeIn(keeping)) ?? Number.MAX_SAFE_INTEGER
  return Math.max(0, free - reserve)
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  let sum = 0
  for (const name of names) sum += (await stat(join(folder, name)).catch(() => null))?.size ?? 0
  return sum
}
