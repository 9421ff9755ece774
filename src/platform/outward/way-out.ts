import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { acceptedEncodings, readBody } from './body.ts'
import { type Exception, mayReach, publicConnector } from './connector.ts'
import { FetchFailed } from './failure.ts'
import { isPublicName, literalOf } from './public-address.ts'
import { askNameServers, type Resolve } from './resolve.ts'

/** What is fetched, and for whom. */
export interface Wanted {
  /** Types that are taken: `text/html`, or `image/*` for all of a kind. */
  readonly accept: readonly string[]
  /** The most that is read, after unpacking; 2 MB unless told. */
  readonly maxBytes?: number
  /** What happens to more than that: it fails, or its beginning is enough. */
  readonly beyond?: 'refuse' | 'cut'
  /** The forum's public address, by which those who are visited know who came; empty while nobody has said it. */
  readonly from: string
  /** Ports that may be asked; 80 and 443 unless told. */
  readonly ports?: readonly number[]
  /** Asked for each address before it is visited, also for those that we are led to; false ends it. */
  readonly mayVisit?: (url: URL) => Promise<boolean>
}

export interface Fetched {
  /** Where it was at last, after redirects. */
  readonly url: string
  /** Such as `text/html`, in small letters. */
  readonly type: string
  /** The encoding of the characters, if the answer tells. */
  readonly charset: string | null
  readonly bytes: Buffer
}

/** The one way out to other people's servers. */
export interface WayOut {
  /** Fetches what is there. Throws FetchFailed. */
  fetchOut(url: string, wanted: Wanted): Promise<Fetched>
}

export interface WayOutOptions {
  /** Places that may be reached although they are not public, on that port. Nothing that serves strangers has any. */
  readonly except?: readonly Exception[]
  readonly resolve?: Resolve
  /** For everything together: names, redirects and the answer. */
  readonly timeoutMs?: number
}

const megabyte = 1024 * 1024
const mostRedirects = 3
const longest = 2000

/**
 * Opens the way out: http and https, to public addresses, without a cookie or a referrer, at most three redirects, five
 * seconds in all. Every address is judged anew, and the one that is connected to is the one that was judged.
 */
export function openWayOut(options: WayOutOptions = {}): WayOut {
  const { except = [], resolve = askNameServers, timeoutMs = 5000 } = options
  return {
    async fetchOut(url, wanted) {
      const signal = AbortSignal.timeout(timeoutMs)
      const { Agent, buildConnector, request } = await import('undici')
      const connect = publicConnector(buildConnector, { except, resolve, signal, timeout: timeoutMs })
      const agent = new Agent({ connect, connections: 1, pipelining: 1, maxHeaderSize: 16 * 1024 })
      const ask = (to: URL) => request(to, { dispatcher: agent, signal, headers: headersOf(wanted) })
      try {
        return await untilAborted(signal, follow(url, wanted, { ask, except }))
      } catch (error) {
        throw faultOf(error, signal)
      } finally {
        await agent.destroy()
      }
    },
  }
}

type Going = { readonly ask: (url: URL) => Promise<Dispatcher.ResponseData>; readonly except: readonly Exception[] }

async function follow(address: string, wanted: Wanted, { ask, except }: Going): Promise<Fetched> {
  let url = judged(address, undefined, wanted, except)
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if ((await wanted.mayVisit?.(url)) === false) throw new FetchFailed('unwanted')
    const answer = await ask(url)
    const location = answer.headers.location
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.statusCode) && typeof location === 'string'
    if (!isRedirect) return take(url, answer, wanted)
    letGo(answer.body)
    url = judged(location, url.href, wanted, except)
  }
  throw new FetchFailed('redirects')
}

/** An address that may be asked, as far as its spelling tells. Throws FetchFailed. */
function judged(address: string, base: string | undefined, wanted: Wanted, except: readonly Exception[]): URL {
  const url = address.length <= longest ? URL.parse(address, base) : null
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password
  if (!isPlain) throw new FetchFailed('address')
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const ports = [...(wanted.ports ?? [80, 443]), ...except.map(one => one.port)]
  const literal = literalOf(url.hostname)
  const isThere = literal ? mayReach(literal, port, except) : isPublicName(url.hostname)
  if (!ports.includes(port) || !isThere) throw new FetchFailed('address')
  url.hash = ''
  return url
}

async function take(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  wanted: Wanted,
): Promise<Fetched> {
  const { maxBytes = 2 * megabyte, beyond = 'refuse', accept } = wanted
  const [type = '', ...parameters] = one(headers['content-type']).toLowerCase().split(';')
  const taken = accept.some(wish => isOfType(type.trim(), wish))
  const isTooLong = beyond === 'refuse' && Number(one(headers['content-length'])) > maxBytes
  if (statusCode !== 200 || !taken || isTooLong) {
    letGo(body)
    if (statusCode !== 200) throw new FetchFailed('status', { status: statusCode })
    throw new FetchFailed(taken ? 'size' : 'type')
  }
  const bytes = await readBody(body, one(headers['content-encoding']), { maxBytes, beyond })
  return { url: url.href, type: type.trim(), charset: charsetIn(parameters), bytes }
}

function letGo(body: Readable): void {
  body.on('error', () => {}).destroy()
}

function isOfType(type: string, wish: string): boolean {
  return wish.endsWith('/*') ? type.startsWith(wish.slice(0, -1)) : type === wish
}

function charsetIn(parameters: readonly string[]): string | null {
  const [found] = parameters.flatMap(text => /^\s*charset\s*=\s*"?([\w.:-]{1,40})/.exec(text)?.[1] ?? [])
  return found ?? null
}

function one(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? ''
}

function headersOf({ accept, from }: Wanted): Record<string, string> {
  const agent = from ? `Stoa (forum; +${from})` : 'Stoa (forum)'
  return { 'user-agent': agent, accept: accept.join(', '), 'accept-encoding': acceptedEncodings }
}

/** Also when what is waited for does not listen to the signal. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })
}

function faultOf(error: unknown, signal: AbortSignal): FetchFailed {
  if (signal.aborted) return new FetchFailed('time', { cause: error })
  return error instanceof FetchFailed ? error : new FetchFailed('connection', { cause: error })
}
