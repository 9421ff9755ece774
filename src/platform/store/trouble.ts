import { msg, Unavailable } from '../errors.ts'

const sqliteTrouble = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY)/

/** Connection gone, resources used up, shutting down, a conflict with another transaction, cancelled, locked. */
const postgresTrouble = /^(08...|53...|57P0.|57014|40001|40P01|55P03)$/

const networkTrouble = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'ENOENT'])

/** pg tells these by their words only. */
const spokenTrouble =
  /^(connection terminated|timeout exceeded when trying to connect|client has encountered a connection)/i

/** The disk is full, or we may have no more of it. */
const noRoom = /^(SQLITE_FULL|53100|ENOSPC|EDQUOT|EFBIG)$/

/** SQLite says only that writing failed when a limit on files stops it. */
const writingFailed = /^SQLITE_IOERR_(WRITE|FSYNC|TRUNCATE|SHMSIZE|SHMOPEN)$/

const roomInSeconds = 60

/** A busy or absent database is nobody's fault: Unavailable with the cause in it. Everything else stays as it is. */
export function explainTrouble(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = codeOf(error)
  if (noRoom.test(code) || writingFailed.test(code)) {
    return new Unavailable(roomInSeconds, msg('http.no_room'), { cause: error })
  }
  const passing = sqliteTrouble.test(code) || postgresTrouble.test(code) || networkTrouble.has(code)
  return passing || spokenTrouble.test(error.message) ? new Unavailable(2, undefined, { cause: error }) : error
}

/** PostgreSQL ended this transaction so that another one could go on; begun again, it mostly goes through. */
export function gaveWay(error: unknown): boolean {
  return error instanceof Unavailable && /^(40001|40P01)$/.test(codeOf(error.cause))
}

/** Another process has SQLite's file for itself at this moment. */
export function isBusy(error: unknown): boolean {
  return error instanceof Unavailable && /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error.cause))
}

/** A statement prepared before a table changed gives rows of another shape; it must be prepared anew. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === '0A000' && error instanceof Error && error.message.includes('cached plan')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
