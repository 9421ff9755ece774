import { Socket } from 'node:net'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { IncomingMessage, ServerResponse } from '../node-http.ts'

const year = 365 * 24 * 60 * 60

type Saying = {
  readonly baseUrl?: string | undefined
  /** The only hosts that may be shown in frames, over https; none unless told. */
  readonly frames?: readonly string[] | undefined
}

/**
 * What a page may do: nothing but its own scripts and styles run, so pages hold none inside. `same-origin` referrers,
 * because browsers send `Origin: null` under helmet's `no-referrer`; https is demanded only where BASE_URL has it.
 */
export function securityHeaders(config: Saying): RequestHandler {
  const headers = pairsOf(config)
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }
}

/** The same headers as names and values by turns, for answers that Express does not give. */
export function securityHeadersOf(config: Saying): string[] {
  return pairsOf(config).flat()
}

function pairsOf({ baseUrl, frames = [] }: Saying): [name: string, value: string][] {
  const https = baseUrl?.startsWith('https://') ?? false
  return saidBy({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        // Pictures of elsewhere are links until this forum keeps a copy.
        'img-src': ["'self'", 'data:'],
        ...(frames.length > 0 ? { 'frame-src': frames.map(host => `https://${host}`) } : {}),
        'frame-ancestors': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    // For Flash, Internet Explorer and a filter that browsers have taken out: each header costs every answer a little.
    xPermittedCrossDomainPolicies: false,
    xDownloadOptions: false,
    xXssProtection: false,
    strictTransportSecurity: https ? { maxAge: year, includeSubDomains: false } : false,
  })
}

/** What helmet says is the same for every answer, so it is asked once. */
function saidBy(options: Parameters<typeof helmet>[0]): [name: string, value: string][] {
  const sample = new ServerResponse(new IncomingMessage(new Socket()))
  helmet(options)(sample.req, sample, error => {
    if (error) throw error
  })
  return Object.entries(sample.getHeaders()).map(([name, value]) => [name, String(value)])
}
