import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export const shortestSecret = 32

export function secretFile(dataDir: string): string {
  return join(dataDir, 'session-secret')
}

/** The secret kept in `file`, which is made, readable by its owner alone, when it is not there. */
export function sessionSecret(file: string): string {
  return readIfThere(file) ?? makeSecret(file)
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/**
 * Of several processes that start at once, one makes the secret and all use it: it is written aside and then linked
 * into place, which fails when another was first, so that nobody ever reads half of one.
 */
function makeSecret(file: string): string {
  const aside = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`
  try {
    writeOnce(aside, randomBytes(48).toString('base64url'))
    linkSync(aside, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}

function writeOnce(file: string, text: string): void {
  const open = openSync(file, 'wx', 0o600)
  try {
    writeSync(open, `${text}\n`)
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
