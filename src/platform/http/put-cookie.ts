import type { Response } from 'express'
import type { CookieName } from './cookies.ts'
import { webOf } from './web.ts'

/** Sends a cookie that no script and no other site can use, over https only where the forum has it. */
export function putCookie(res: Response, name: CookieName, value: string, lifetime: { seconds?: number } = {}): void {
  const maxAge = lifetime.seconds === undefined ? {} : { maxAge: lifetime.seconds * 1000 }
  res.cookie(name, value, { ...shape(res), ...maxAge })
}

/** Tells the browser to forget a cookie. */
export function dropCookie(res: Response, name: CookieName): void {
  res.clearCookie(name, shape(res))
}

function shape(res: Response) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: webOf(res).secure } as const
}
