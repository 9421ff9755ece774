import autocannon, { type Request } from 'autocannon'
import { readLightly } from './answer-reader.ts'
import type { ServerProcess } from './server-process.ts'

type Part = { path?: string; headers?: Readonly<Record<string, string>>; body?: string }

/** What is asked for, over and over. */
export type Target = {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** The status of the answers; any other fails the run. */
  readonly status: number
  /** Of a few answers, after which something is done. */
  readonly rarely?: { readonly status: number; then(): void }
  readonly connections: number
  /** What differs: a fixed round that each connection goes through, or something new for each request. */
  readonly differing?: readonly Part[] | (() => Part)
  /** Exactly so many requests for each second asked for, instead of as many as are answered: for slow ones. */
  readonly perSecond?: number
}

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
export async function load(server: ServerProcess, target: Target, seconds: number): Promise<Loaded> {
  const times: number[] = []
  const statuses = new Map<number, number>()
  const before = { server: server.cpuMs(), loader: process.cpuUsage(), at: performance.now() }
  let last = before.at
  const failures = await cannon(server.url, target, seconds, (status, ms) => {
    last = performance.now()
    times.push(ms)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status === target.rarely?.status) target.rarely.then()
  })
  const wall = last - before.at
  const cpu = server.cpuMs() - before.server
  const { user, system } = process.cpuUsage(before.loader)
  demandRight(target, statuses, failures)
  return {
    requests: times.length,
    seconds: wall / 1000,
    perSecond: (times.length * 1000) / wall,
    ...latencies(times),
    cpuMs: cpu / times.length,
    busy: { server: cpu / wall, loader: (user + system) / 1000 / wall },
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
  const { connections, perSecond } = target
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
        setupClient: readLightly,
      },
      (error, result) => (error ? reject(error) : resolve(result.errors + result.timeouts)),
    )
    run.on('response', (_client, status, _bytes, ms) => answered(status, ms))
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
