import type { Response } from 'express'
import { type CookieName, cookiesNamed } from '../cookies.ts'
import { dropCookie, putCookie } from '../put-cookie.ts'

/** Nobody waits longer for the page that comes next. */
const seconds = 600

/** The browser learns with the next page it gets that what was typed at this place, such as `topic:12`, has arrived. */
export function tellSent(res: Response, place: string): void {
  putCookie(res, `stoa_sent.${place.replace(':', '_')}` as CookieName, '1', { seconds })
}

/** The places of which this browser has not been told yet; with this page it is. */
export function takeSent(res: Response): string[] {
  return cookiesNamed(res.req, 'stoa_sent').flatMap(({ name }) => {
    dropCookie(res, name)
    const [, kind, id] = /^stoa_sent\.([a-z]+)_(\d{1,10})$/.exec(name) ?? []
    return kind ? [`${kind}:${id}`] : []
  })
}
