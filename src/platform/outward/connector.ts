import { isIP, type LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'
import { FetchFailed } from './failure.ts'
import { isPublicAddress, literalOf } from './public-address.ts'
import type { Resolve } from './resolve.ts'

/** A place that may be reached although it is not public. */
export interface Exception {
  readonly address: string
  readonly port: number
}

export interface Connecting {
  readonly resolve: Resolve
  readonly except: readonly Exception[]
  /** How long connecting may take, in milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal
}

/**
 * Connects to public addresses only. A name is looked up once, for this connection: what it gave is judged, and just that
 * is connected to, so that another answer a moment later changes nothing. All of its addresses must be public. Who
 * answers at last is judged again.
 */
export function publicConnector(build: typeof buildConnector, connecting: Connecting): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    const isAllowed = (address: string) => mayReach(address, port, connecting.except)
    const literal = literalOf(options.hostname)
    if (literal && !isAllowed(literal)) return callback(new FetchFailed('address'), null)
    const connect = build({
      allowH2: false,
      timeout: connecting.timeout,
      maxCachedSessions: 0,
      lookup: pinned(connecting, isAllowed),
    })
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      if (isAllowed(socket.remoteAddress ?? '')) return callback(null, socket)
      socket.destroy()
      callback(new FetchFailed('address'), null)
    })
  }
}

/** Whether a connection to there is allowed. */
export function mayReach(address: string, port: number, except: readonly Exception[]): boolean {
  return isPublicAddress(address) || except.some(one => one.address === address && one.port === port)
}

function pinned({ resolve, signal }: Connecting, isAllowed: (address: string) => boolean): LookupFunction {
  return (name, { all }, callback) => {
    resolve(name, signal).then(
      found => {
        const refused = found.length === 0 || !found.every(isAllowed)
        if (refused) return callback(new FetchFailed('address'), [])
        const addresses = found.map(address => ({ address, family: isIP(address) }))
        if (all) return callback(null, addresses)
        callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
      },
      cause => callback(new FetchFailed('connection', { cause }), []),
    )
  }
}
