import type { Request } from 'express'
import { idFrom, ownPath } from '../../../platform/http/index.ts'
import { type Ref, targetKinds } from '../targets/target.ts'

/** One press acts on so many items at most. */
const mostAtOnce = 100

/** The items that a form or address names: `post=1&post=2`, `topic=3`, `edit=4`. */
export function refsIn(source: Readonly<Record<string, unknown>>): Ref[] {
  const refs = targetKinds.flatMap(kind => idsIn(source[kind]).map(id => ({ kind, id })))
  return refs.slice(0, mostAtOnce)
}

/** The ids under one name, each once, as many as are acted on at once. */
export function idsIn(value: unknown): number[] {
  const values = Array.isArray(value) ? value : [value]
  return [...new Set(values.flatMap(one => idFrom(one) ?? []))].slice(0, mostAtOnce)
}

/** Where to go afterwards: the page that the form names, else the one it stood on. */
export function cameFrom(req: Request, fallback = '/'): string {
  const asked = req.body?.return ?? req.query.return
  if (asked !== undefined) return ownPath(asked, fallback)
  const referrer = req.get('referer') ?? ''
  if (!URL.canParse(referrer)) return fallback
  const { pathname, search } = new URL(referrer)
  return ownPath(pathname + search, fallback)
}
