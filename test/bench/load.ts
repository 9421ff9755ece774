import autocannon, { type Client, type Request } from 'autocannon'
import { readLightly } from './answer-reader.ts'
import type { ServerProcess } from './server-process.ts'

type Headers = Readonly<Record<string, string>>

type Part = { path?: string; headers?: Headers; body?: string }

/** What is asked for, over and over. */
export type Target = {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Headers
  /** The status of the answers; any other fails the run. */
  readonly status: number
  /** Of a few answers, after which other headers are sent. */
  readonly rarely?: { readonly status: number; renew(): Promise<Headers> }
  readonly connections: number
  /** What differs: a fixed round that each connection goes through, or something new for each request. */
  readonly differing?: readonly Part[] | (() => Part)
  /** Exactly so many requests for each second asked for, instead of as many as are answered: for slow ones. */
  readonly perSecond?: number
}

/** What happened while a server was loaded once. */
export type Slice = {
  /** Milliseconds from each request to the end of its answer. */
  readonly times: readonly number[]
  readonly wallMs: number
  readonly cpuMs: { readonly server: number; readonly loader: number }
}

/** What happened in all slices of a case. */
export type Loaded = {
  readonly requests: number
  readonly seconds: number
  readonly perSecond: number
  /** Milliseconds from a request to the end of its answer. */
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** CPU time of the server for one request, in milliseconds. */
  readonly cpuMs: number
  /** How much of one processor the server and whoever loads it used, 1 being all of it. */
  readonly busy: { readonly server: number; readonly loader: number }
}

/** Sends as many requests as the server answers, for so many seconds. Throws when an answer is not the one expected. */
export async function load(server: ServerProcess, target: Target, seconds: number): Promise<Slice> {
  const times: number[] = []
  const statuses = new Map<number, number>()
  const before = { server: server.cpuMs(), loader: process.cpuUsage(), at: performance.now() }
  let last = before.at
  const failures = await cannon(server.url, target, seconds, (status, ms) => {
    last = performance.now()
    times.push(ms)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  })
  const { user, system } = process.cpuUsage(before.loader)
  const cpuMs = { server: server.cpuMs() - before.server, loader: (user + system) / 1000 }
  demandRight(target, statuses, failures)
  return { times, wallMs: last - before.at, cpuMs }
}

export function together(slices: readonly Slice[]): Loaded {
  const sum = (what: (slice: Slice) => number) => slices.reduce((all, slice) => all + what(slice), 0)
  const wallMs = sum(slice => slice.wallMs)
  const requests = sum(slice => slice.times.length)
  const server = sum(slice => slice.cpuMs.server)
  return {
    requests,
    seconds: wallMs / 1000,
    perSecond: (requests * 1000) / wallMs,
    ...latencies(slices.flatMap(slice => slice.times)),
    cpuMs: server / requests,
    busy: { server: server / wallMs, loader: sum(slice => slice.cpuMs.loader) / wallMs },
  }
}

export function latencies(times: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** How many requests got no answer at all. */
function cannon(
  url: string,
  target: Target,
  seconds: number,
  answered: (status: number, ms: number) => void,
): Promise<number> {
  const { connections, perSecond, rarely } = target
  const clients: Client[] = []
  const setupClient = (client: Client) => {
    readLightly(client)
    clients.push(client)
  }
  const renew = async () => {
    const headers = await rarely?.renew()
    for (const client of clients) client.setHeaders(headers)
  }
  const length = perSecond ? { amount: Math.max(connections, Math.ceil(perSecond * seconds)) } : { duration: seconds }
  return new Promise((resolve, reject) => {
    const run = autocannon(
      {
        url,
        connections,
        ...length,
        timeout: 60,
        sampleInt: 100,
        requests: requestsOf(target),
        setupClient,
      },
      (error, result) => (error ? reject(error) : resolve(result.errors + result.timeouts)),
    )
    run.on('response', (_client, status, _bytes, ms) => {
      answered(status, ms)
      if (status === rarely?.status) renew().catch(reject)
    })
  })
}

/** Those of a round are put into bytes once; others when they are sent. */
function requestsOf({ path, method = 'GET', headers = {}, differing = [{}] }: Target): Request[] {
  const put = (part: Part) => ({ method, path, ...part, headers: { ...headers, ...part.headers } })
  if (typeof differing !== 'function') return differing.map(put)
  return [{ method, path, setupRequest: sent => ({ ...sent, ...put(differing()) }) }]
}

/** Of all answers at most. */
const rareShare = 0.1

function demandRight(target: Target, statuses: ReadonlyMap<number, number>, failures: number): void {
  const { path, status, rarely } = target
  const total = [...statuses.values()].reduce((sum, times) => sum + times, 0)
  const isRight = (found: number, times: number) =>
    found === status || (found === rarely?.status && times <= total * rareShare)
  const wrong = [...statuses].filter(([found, times]) => !isRight(found, times))
  if (wrong.length === 0 && failures === 0 && total > 0) return
  const found = wrong.map(([found, times]) => `${found} ${times} times`)
  throw new Error(`${path} should answer ${status}: ${[...found, `${failures} without an answer`].join(', ')}`)
}
