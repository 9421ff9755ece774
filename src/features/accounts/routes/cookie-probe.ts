import type { Request, Response } from 'express'
import { msg } from '../../../platform/errors.ts'
import { type Form, putCookie, withErrors } from '../../../platform/http/index.ts'

/** Sends a cookie with a form that has a field `probe`, to see whether the browser brings it back. */
export function probeCookies(res: Response): void {
  putCookie(res, 'stoa_probe', '1')
}

/**
 * The form with an error when the browser keeps no cookies: signing in would not last longer than the answer, and the
 * text that came along would be lost on the next page. null: it does keep them, or nobody asked.
 */
export function withoutCookies<V>(req: Request, res: Response, form: Form<V>): Form<V> | null {
  if (req.body?.probe !== '1' || req.headers.cookie !== undefined) return null
  res.status(422)
  return withErrors(form, { '': msg('accounts.cookies_needed') })
}
