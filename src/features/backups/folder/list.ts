import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFound } from '../../../platform/errors.ts'
import { keyOf, nameFor, type Reason, reasonOf } from './names.ts'

/** A backup as it lies in the folder. */
export interface Kept {
  readonly key: string
  readonly name: string
  readonly path: string
  readonly reason: Reason
  /** When it was written. */
  readonly at: number
  readonly bytes: number
  /** It is being written, or whoever wrote it was stopped, or somebody cut it off. */
  readonly whole: boolean
}

/** Everything in the folder that is a backup or was to become one, the newest first. */
export async function listBackups(folder: string): Promise<Kept[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names.filter(name => /^[^.].*\.stoa(?:\.part)?$/.test(name)).map(name => look(folder, name)),
  )
  return found.filter(one => one !== null).sort((one, other) => other.at - one.at || (one.name < other.name ? 1 : -1))
}

/** The backup that an address names, by looking at what there is: no part of an address ever becomes a path. Throws NotFound. */
export async function findBackup(folder: string, key: unknown): Promise<Kept> {
  const kept = (await listBackups(folder)).find(one => one.key === key)
  if (!kept) throw new NotFound()
  return kept
}

/** When the newest whole one was written; null: there is none. */
export async function newestBackup(folder: string): Promise<number | null> {
  return (await listBackups(folder)).find(({ whole }) => whole)?.at ?? null
}

/** Where the next one is to be written: a name that is not there yet. */
export async function newPath(folder: string, reason: Reason, at = Date.now()): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = new Set(await readdir(folder))
  for (let again = 0; ; again++) {
    const name = nameFor(reason, at, again)
    if (!names.has(name) && !names.has(`${name}.part`)) return join(folder, name)
  }
}

/** A part that nobody else writes to, for one that is to be called as it without its ending. */
export async function newPart(folder: string, reason: Reason): Promise<string> {
  for (;;) {
    const part = `${await newPath(folder, reason)}.part`
    const made = await open(part, 'wx', 0o600).catch(unlessThere)
    if (!made) continue
    await made.close()
    return part
  }
}

function unlessThere(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
  throw error
}

const staleMs = 10 * 60_000

/** Removes what was begun and left: nobody has written to it for ten minutes. */
export async function sweepParts(folder: string, now = Date.now()): Promise<void> {
  for (const one of await listBackups(folder))
    if (one.name.endsWith('.part') && now - one.at > staleMs) await rm(one.path, { force: true })
}

/** So many of those that come by themselves stay; what somebody made or brought stays until somebody deletes it. */
export async function thinOut(folder: string, reason: Reason, most: number): Promise<void> {
  const those = (await listBackups(folder)).filter(one => one.reason === reason && one.whole)
  for (const one of those.slice(most)) await rm(one.path, { force: true })
}

async function look(folder: string, name: string): Promise<Kept | null> {
  const path = join(folder, name)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return null
  const whole = !name.endsWith('.part') && (await hasEnd(path, found.size))
  return { key: keyOf(name), name, path, reason: reasonOf(name), at: found.mtimeMs, bytes: found.size, whole }
}

const endBytes = 22

/** A zip ends with a record of its own, so one that was cut off is known without reading it. */
async function hasEnd(path: string, size: number): Promise<boolean> {
  if (size < endBytes) return false
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const end = Buffer.alloc(endBytes)
    await file.read(end, 0, endBytes, size - endBytes)
    return end.readUInt32LE() === 0x06054b50
  } catch {
    return false
  } finally {
    await file?.close()
  }
}
