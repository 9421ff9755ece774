import type { IncomingMessage } from 'node:http'
import { type Cookies, parseCookie } from 'cookie'

const personalCookies = ['stoa_session', 'stoa_remember', 'stoa_claims', 'stoa_invitation', 'stoa_sent'] as const
const otherCookies = ['stoa_known', 'stoa_theme', 'stoa_locale', 'stoa_away', 'stoa_probe'] as const

type Family = (typeof personalCookies)[number] | (typeof otherCookies)[number]

/** Of a family a browser may hold several, `stoa_claims.a` and `stoa_claims.b`: an answer puts its own beside the others. */
export type CookieName = Family | `${Family}.${string}`

const personal: ReadonlySet<string> = new Set(personalCookies)
const none: Cookies = Object.create(null)
const parsed = new WeakMap<IncomingMessage, Cookies>()

/** The value of one of our cookies. */
export function cookieOf(req: IncomingMessage, name: CookieName): string | undefined {
  return cookiesOf(req)[name]
}

/** Those of this family, with their names, oldest first as browsers send them. */
export function cookiesNamed(req: IncomingMessage, family: Family): { name: CookieName; value: string }[] {
  return Object.entries(cookiesOf(req)).flatMap(([name, value]) =>
    familyOf(name) === family && value !== undefined ? [{ name: name as CookieName, value }] : [],
  )
}

/** Whoever has something of their own gets pages of their own; everyone else shares the guests' pages. */
export function hasPersonalCookie(req: IncomingMessage): boolean {
  return req.headers.cookie !== undefined && Object.keys(cookiesOf(req)).some(name => personal.has(familyOf(name)))
}

/** Whoever has a site beside this one may name cookies as they like: what no answer of ours can name is none of ours. */
function familyOf(name: string): string {
  return /^(\w+)(?:\.\w+)?$/.exec(name)?.[1] ?? ''
}

function cookiesOf(req: IncomingMessage): Cookies {
  const header = req.headers.cookie
  if (!header) return none
  const known = parsed.get(req)
  if (known) return known
  const cookies = parseCookie(header)
  parsed.set(req, cookies)
  return cookies
}
