import { readFile, statfs } from 'node:fs/promises'
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

let version: Promise<string> | undefined

/** Of the program, as its package says. */
export function versionOfStoa(): Promise<string> {
  version ??= readFile(join(import.meta.dirname, '../../../../package.json'), 'utf8').then(
    text => (JSON.parse(text) as { version: string }).version,
  )
  return version
}
