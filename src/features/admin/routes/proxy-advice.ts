import type { Request } from 'express'
import { type Message, msg } from '../../../platform/errors.ts'
import { plainAddress } from '../../../platform/limits/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'

export interface Advice {
  readonly message: Message
  /** The line to add. */
  readonly line: string
}

/**
 * What does not arrive through the proxy, seen from this very request: visitors' addresses, the https scheme, the name
 * under which the forum is reached.
 */
export async function proxyAdvice(req: Request, db: Db, baseUrl: string | undefined): Promise<Advice[]> {
  const publicAddress = baseUrl ?? (await settings(db)).base_url
  return [...addressAdvice(req), ...schemeAdvice(req, publicAddress), ...hostAdvice(req, publicAddress)]
}

function addressAdvice(req: Request): Advice[] {
  const forwarded = req.get('x-forwarded-for')
  const peer = plainAddress(req.socket.remoteAddress ?? '')
  if (forwarded && !isTrusted(req)) {
    const line = `TRUST_PROXY=${req.app.get('trust proxy')},${peer}`
    return [{ message: msg('admin.advice_untrusted', { peer }), line }]
  }
  if (forwarded || !looksProxied(req)) return []
  const line = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'
  return [{ message: msg('admin.advice_addresses'), line }]
}

/** Whether the machine at the other end of the connection is a proxy that we were told to believe. */
function isTrusted(req: Request): boolean {
  const trusts = req.app.get('trust proxy fn') as (address: string | undefined, hop: number) => boolean
  return trusts(req.socket.remoteAddress, 0)
}

/** A request for a public name that comes from this machine itself went through a proxy. */
function looksProxied(req: Request): boolean {
  const isLocalName = /^(localhost$|127\.|\[?::1|0\.0\.0\.0)/.test(req.hostname ?? '')
  return !isLocalName && /^(::1|127\.)/.test(plainAddress(req.socket.remoteAddress ?? ''))
}

function schemeAdvice(req: Request, publicAddress: string): Advice[] {
  // Not `secure`, which sessions vouch for where BASE_URL says https.
  if (!publicAddress.startsWith('https:') || req.protocol === 'https') return []
  return [{ message: msg('admin.advice_scheme'), line: 'proxy_set_header X-Forwarded-Proto $scheme;' }]
}

function hostAdvice(req: Request, publicAddress: string): Advice[] {
  const host = req.host ?? ''
  if (!publicAddress || host === new URL(publicAddress).host) return []
  const args = { host, expected: publicAddress }
  return [{ message: msg('admin.advice_host', args), line: 'proxy_set_header Host $http_host;' }]
}
