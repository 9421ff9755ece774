import type { IncomingMessage } from 'node:http'
import { type Cookies, parseCookie } from 'cookie'

/** Whoever sends one of these gets pages of their own; everyone else shares the guests' pages. */
export const personalCookies = ['stoa_session', 'stoa_remember', 'stoa_claims', 'stoa_invitation'] as const

export type CookieName = (typeof personalCookies)[number] | 'stoa_known' | 'stoa_theme' | 'stoa_locale' | 'stoa_probe'

const none: Cookies = Object.create(null)
const parsed = new WeakMap<IncomingMessage, Cookies>()

/** The value of one of our cookies. */
export function cookieOf(req: IncomingMessage, name: CookieName): string | undefined {
  return cookiesOf(req)[name]
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
