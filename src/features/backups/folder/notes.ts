import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, open, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reason } from './names.ts'

/** What is being done with backups, by whichever process: there is at most one such work at a time. */
export interface Work {
  readonly what: Reason | 'restoring'
  readonly since: number
  readonly stage: 'begin' | 'rows' | 'files' | 'check' | 'copy' | 'load'
  readonly done: number
  readonly total: number
}

/** What became of the last backup that was to be made. */
export interface Outcome {
  readonly reason: Reason
  readonly at: number
  readonly result: 'made' | 'short' | 'failed'
  /** Of one that was not made for lack of room, in bytes. */
  readonly need?: number
  readonly free?: number
  readonly error?: string
  readonly ms?: number
}

/** How bringing a backup back went, by the number that its page has. */
export interface Restoring {
  readonly id: string
  readonly name: string
  readonly at: number
  readonly result: 'under_way' | 'restored' | 'failed' | 'stopped'
  /** When the copy was made that came back. */
  readonly madeAt?: number
  readonly rows?: number
  readonly files?: number
  readonly error?: string
}

interface Notes {
  readonly work: Work
  readonly last: Outcome
  readonly restored: Restoring
}

/** Notes lie beside the backups, not in the database, which may be gone in a moment; all processes read the same ones. */
const fileOf = (folder: string, note: keyof Notes) => join(folder, `.${note}.json`)

export function readNote<K extends keyof Notes>(folder: string, note: K): Notes[K] | null {
  try {
    return JSON.parse(readFileSync(fileOf(folder, note), 'utf8')) as Notes[K]
  } catch {
    return null
  }
}

/** Whole or as before, whoever reads it at the same time. */
export function writeNote<K extends keyof Notes>(folder: string, note: K, value: Notes[K]): void {
  const aside = `${fileOf(folder, note)}.${randomUUID()}`
  try {
    writeFileSync(aside, JSON.stringify(value), { mode: 0o600 })
    renameSync(aside, fileOf(folder, note))
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}

const beatMs = 10_000
const staleMs = 60_000

/** The work that is under way; null when there is none, or whoever did it was stopped. */
export async function workUnderWay(folder: string): Promise<Work | null> {
  return (await stateOfWork(folder)) === 'goes on' ? readNote(folder, 'work') : null
}

async function stateOfWork(folder: string): Promise<'none' | 'goes on' | 'left'> {
  const found = await stat(fileOf(folder, 'work')).catch(() => null)
  if (!found) return 'none'
  return Date.now() - found.mtimeMs < staleMs ? 'goes on' : 'left'
}

/** Does this while nobody else works with the backups of this folder; null: somebody does. */
export async function working<T>(folder: string, what: Work['what'], act: () => Promise<T>): Promise<T | null> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await begin(folder, what))) return null
  const file = fileOf(folder, 'work')
  const beat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => {})
  }, beatMs)
  try {
    return await act()
  } finally {
    clearInterval(beat)
    await rm(file, { force: true })
  }
}

async function begin(folder: string, what: Work['what']): Promise<boolean> {
  const file = fileOf(folder, 'work')
  // Only what was left: of several that begin at once none removes the note of another one.
  if ((await stateOfWork(folder)) === 'left') await rm(file, { force: true })
  try {
    const made = await open(file, 'wx', 0o600)
    const work: Work = { what, since: Date.now(), stage: 'begin', done: 0, total: 0 }
    await made.writeFile(JSON.stringify(work)).finally(() => made.close())
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

const tellEveryMs = 500

/** Writes down how far the work has come, twice a second at most. */
export function progressIn(folder: string, stage: Work['stage']): (done: number, total: number) => void {
  const work = readNote(folder, 'work')
  let told = 0
  return (done, total) => {
    const now = Date.now()
    if (!work || now - told < tellEveryMs) return
    told = now
    writeNote(folder, 'work', { ...work, stage, done, total })
  }
}
