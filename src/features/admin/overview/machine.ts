import { readdir, readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** The disk on which the forum's data lies, in bytes. */
export interface Disk {
  readonly free: number
  readonly size: number
}

/** Null where the system does not say. */
export async function diskOf(folder: string): Promise<Disk | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { free: bavail * bsize, size: blocks * bsize }
  } catch {
    return null
  }
}

/** When the newest backup in this folder was written; null: there is none. */
export async function newestBackup(folder: string): Promise<number | null> {
  const names = await readdir(folder).catch(() => [])
  const files = await Promise.all(
    names.filter(name => name.endsWith('.stoa')).map(name => stat(join(folder, name)).catch(() => null)),
  )
  const times = files.flatMap(file => (file?.isFile() ? [file.mtimeMs] : []))
  return times.length === 0 ? null : Math.max(...times)
}

let version: Promise<string> | undefined

/** Of the program, as its package says. */
export function versionOfStoa(): Promise<string> {
  version ??= readFile(join(import.meta.dirname, '../../../../package.json'), 'utf8').then(
    text => (JSON.parse(text) as { version: string }).version,
  )
  return version
}
