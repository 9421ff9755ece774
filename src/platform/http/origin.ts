import type { IncomingMessage } from 'node:http'
import type { Request } from 'express'
import { plainAddress } from '../limits/index.ts'

/** Express's answer to whether the machine at the other end of the connection is a proxy of ours. */
type Trust = (address: string | undefined, hop: number) => boolean

/** The client's network address: what a trusted proxy says, else the connection's. */
export function addressOf(req: Request): string {
  return plainAddress(req.ip ?? '')
}

/**
 * How to tell where visitors reach this forum: BASE_URL, else what the request says, or a trusted proxy for it. Works on
 * requests that Express has not seen.
 */
export function originReader(trust: Trust, baseUrl: string | undefined): (req: IncomingMessage) => string {
  if (baseUrl) return () => baseUrl
  return req => {
    if (!isForwarded(req)) return `http://${req.headers.host ?? 'localhost'}`
    const trusted = trust(req.socket.remoteAddress, 0)
    const proto = trusted ? firstOf(req.headers['x-forwarded-proto']) : undefined
    const host = trusted ? firstOf(req.headers['x-forwarded-host']) : undefined
    return `${proto === 'https' ? 'https' : 'http'}://${host ?? req.headers.host ?? 'localhost'}`
  }
}

/** Without these headers it does not matter who may send them. */
function isForwarded({ headers }: IncomingMessage): boolean {
  return headers['x-forwarded-proto'] !== undefined || headers['x-forwarded-host'] !== undefined
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return (
    String(header ?? '')
      .split(',')[0]
      ?.trim() || undefined
  )
}
