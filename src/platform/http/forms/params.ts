import type { Request } from 'express'
import { NotFound } from '../../errors.ts'

/** The largest number that fits an id column of either database. */
const largestId = 2 ** 31 - 1
const lastPage = 1_000_000

/** The id in front of a slug, as in `12-news`, or null when there is none. */
export function idFrom(value: unknown): number | null {
  const digits = typeof value === 'string' ? /^([1-9]\d{0,9})(?:-|$)/.exec(value)?.[1] : undefined
  const id = Number(digits ?? Number.NaN)
  return id <= largestId ? id : null
}

/** The id that a part of the path begins with. Throws NotFound. */
export function idOf(req: Request, name = 'id'): number {
  const id = idFrom(req.params[name])
  if (id === null) throw new NotFound()
  return id
}

/** The page asked for by `?page=`, the first unless told. Throws NotFound for what is no number of a page. */
export function pageNumber(req: Request): number {
  const asked = req.query.page
  if (asked === undefined) return 1
  if (typeof asked !== 'string' || !/^[1-9]\d{0,6}$/.test(asked) || Number(asked) > lastPage) throw new NotFound()
  return Number(asked)
}

/** The path given, when it is one on this site and nothing else; what leads elsewhere becomes the fallback. */
export function ownPath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > 2000) return fallback
  if (!value.startsWith('/') || hasTricks(value)) return fallback
  const base = 'http://own.invalid'
  if (!URL.canParse(value, base)) return fallback
  const { origin, pathname, search, hash } = new URL(value, base)
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : fallback
}

/** Where a form or link wants to come back to: its `return`, or `back`, when that is on this site. */
export function returnPath(req: Request, fallback = '/'): string {
  const asked = [req.body?.return, req.body?.back, req.query.return, req.query.back].find(path => path !== undefined)
  return ownPath(asked, fallback)
}

/** The sign-in page that leads back to a path. */
export function signInPath(back: string): string {
  return `/login/?return=${encodeURIComponent(ownPath(back))}`
}

/** Backslashes count as slashes and control characters as nothing in browsers, so `/\evil` leads to evil. */
function hasTricks(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  return value.startsWith('//') || /[\\\u0000-\u001f\u007f-\u009f]/.test(value)
}
