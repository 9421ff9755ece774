import type { Request } from 'express'

/** Somebody reads: no program that only asks, no browser that fetches what might be wanted, nobody with another's eyes. */
export function isReader(req: Request): boolean {
  return req.method === 'GET' && req.viewer.onlooker === undefined && !req.get('sec-purpose')?.includes('prefetch')
}
