import { readdir, rm, stat } from 'node:fs/promises'
import type { Db } from '../../../platform/store/index.ts'
import { deleteExport, exportFiles, exportsBefore } from '../queries/exports.ts'
import { exportFolder, exportPath } from './export-folder.ts'

const day = 24 * 60 * 60_000
const minutes = 10 * 60_000

/** For so long a file can be downloaded. */
export const exportDays = 7

/** Removes files, and what is known of them, when their time is over, and files that nobody knows. */
export async function purgeExports(db: Db, now = Date.now()): Promise<void> {
  for (const { id, file } of await exportsBefore(db, now - exportDays * day)) {
    if (file !== null) await rm(exportPath(db, file), { force: true })
    await deleteExport(db, id)
  }
  await removeStrangers(db, now)
}

/** Left behind by a process that died, or by an account that is deleted. What is being made is younger. */
async function removeStrangers(db: Db, now: number): Promise<void> {
  const known = await exportFiles(db)
  for (const name of await namesIn(exportFolder(db))) {
    if (known.has(name) || !/^[0-9a-f-]{36}\.(zip|part)$/.test(name)) continue
    const path = exportPath(db, name)
    const age = now - (await stat(path).catch(() => ({ mtimeMs: now }))).mtimeMs
    if (age > (name.endsWith('.zip') ? minutes : day)) await rm(path, { force: true })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
