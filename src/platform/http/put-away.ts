import type { IncomingMessage } from 'node:http'
import { cookieOf } from './cookies.ts'

/** A browser remembers so many; the oldest are over by then. */
const most = 10
const none: readonly number[] = []

/**
 * The announcements that this browser has put away, lowest first. Guests' pages are kept once for each such list, so the
 * same ones always make the same list.
 */
export function putAway(req: IncomingMessage): readonly number[] {
  const cookie = cookieOf(req, 'stoa_away')
  return cookie === undefined || cookie.length > 100 ? none : listOf(cookie.split('.').map(Number))
}

/** The cookie that says so. */
export function awayCookie(ids: readonly number[]): string {
  return listOf(ids).join('.')
}

function listOf(ids: readonly number[]): readonly number[] {
  const sound = ids.filter(id => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31)
  return [...new Set(sound)].sort((one, other) => one - other).slice(-most)
}
