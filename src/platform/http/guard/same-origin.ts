import type { Request, RequestHandler } from 'express'
import { Forbidden, type Message, msg } from '../../errors.ts'

/** A form that came from elsewhere, or of which we cannot tell; `advice` is for whoever runs the forum. */
export class ForeignRequest extends Forbidden {
  readonly advice: Message | undefined

  constructor(advice?: Message) {
    super(msg('http.foreign_what'))
    this.advice = advice
  }
}

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Lets what changes something come from our own pages only, as the browser says: by `Sec-Fetch-Site`, or by `Origin`
 * where that is missing (plain http off localhost). With neither it must carry no cookie. Throws ForeignRequest.
 * OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata" and "Verifying Origin With Standard Headers".
 */
export function sameOrigin({ baseUrl }: { baseUrl: string | undefined }): RequestHandler {
  return (req, _res, next) => {
    if (!harmless.has(req.method)) demandOwnPage(req, baseUrl)
    next()
  }
}

function demandOwnPage(req: Request, baseUrl: string | undefined): void {
  const site = req.get('sec-fetch-site')
  const origin = req.get('origin')
  if (site !== undefined) {
    if (site !== 'same-origin') throw new ForeignRequest()
  } else if (origin !== undefined) {
    if (!isOwn(origin, req, baseUrl)) throw new ForeignRequest(adviceFor(origin, req, baseUrl))
  } else if (req.headers.cookie) {
    throw new ForeignRequest(msg('http.foreign_advice_missing'))
  }
}

/** Behind a proxy we may not know whether visitors use https, so without BASE_URL the host has to do. */
function isOwn(origin: string, req: Request, baseUrl: string | undefined): boolean {
  if (baseUrl) return origin === baseUrl
  if (!URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  const asked = `${protocol}//${req.host}`
  return /^https?:$/.test(protocol) && URL.canParse(asked) && new URL(asked).host === host
}

function adviceFor(origin: string, req: Request, expected: string | undefined): Message {
  if (origin === 'null') return msg('http.foreign_advice_null')
  if (expected) return msg('http.foreign_advice_base_url', { origin, expected })
  return msg('http.foreign_advice_host', { origin, host: req.host ?? '' })
}
