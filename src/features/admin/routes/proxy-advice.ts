import type { Request } from 'express'
import { type Message, msg } from '../../../platform/errors.ts'
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
  const peer = req.socket.remoteAddress ?? ''
  // Believed headers change req.ip; a header that leaves it as it was came from a machine we were not told to trust.
  if (forwarded && req.ip === peer) {
    return [
      { message: msg('admin.advice_untrusted', { peer }), line: `TRUST_PROXY=loopback,${peer.replace('::ffff:', '')}` },
    ]
  }
  if (!forwarded && looksProxied(req)) {
    return [
      {
        message: msg('admin.advice_addresses'),
        line: 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
      },
    ]
  }
  return []
}

/** A request for a public name that comes from this machine itself went through a proxy. */
function looksProxied(req: Request): boolean {
  const name = req.hostname ?? ''
  const local = /^(localhost|127\.|\[?::1|0\.0\.0\.0)/.test(name)
  const peer = req.socket.remoteAddress ?? ''
  return !local && /^(::1|127\.|::ffff:127\.)/.test(peer)
}

function schemeAdvice(req: Request, publicAddress: string): Advice[] {
  if (!publicAddress.startsWith('https:') || req.secure) return []
  return [{ message: msg('admin.advice_scheme'), line: 'proxy_set_header X-Forwarded-Proto $scheme;' }]
}

function hostAdvice(req: Request, publicAddress: string): Advice[] {
  if (!publicAddress || req.get('host') === new URL(publicAddress).host) return []
  const args = { host: req.get('host') ?? '', expected: publicAddress }
  return [{ message: msg('admin.advice_host', args), line: 'proxy_set_header Host $http_host;' }]
}
