import type { RequestHandler } from 'express'
import helmet from 'helmet'

const year = 365 * 24 * 60 * 60

/**
 * What a page may do: nothing but its own scripts and styles run, so pages hold none inside. `same-origin` referrers,
 * because browsers send `Origin: null` under helmet's `no-referrer`; https is demanded only where BASE_URL has it.
 */
export function securityHeaders({ baseUrl }: { baseUrl: string | undefined }): RequestHandler {
  const https = baseUrl?.startsWith('https://') ?? false
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'https:', 'http:'],
        'frame-ancestors': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: year, includeSubDomains: false } : false,
  })
}
