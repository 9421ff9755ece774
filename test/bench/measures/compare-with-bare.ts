import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apart } from '../apart.ts'
import type { Case } from '../cases/case.ts'
import { type Loaded, load, type Target } from '../load.ts'
import type { ServerProcess } from '../server-process.ts'
import { plainPage } from '../visits.ts'

export type CaseResult = {
  readonly name: string
  /** Bytes of the page before compression. */
  readonly bytes: number
  readonly forum: Loaded
  readonly bare: { readonly perSecond: number; readonly cpuMs: number }
  /** Requests per second, 1 being those of bare Express. */
  readonly byRequests: number
  /** Requests for the same CPU time, 1 being those of bare Express. */
  readonly byCpu: number
}

export type Servers = { readonly forum: ServerProcess; readonly bare: ServerProcess }

export type Around = <T>(name: string, act: () => Promise<T>) => Promise<T>

/**
 * Loads bare Express, the forum, and bare Express again, so that whatever else the machine does meanwhile slows both
 * down. `around` is done around the forum's part.
 */
export async function compareWithBare(
  servers: Servers,
  pages: string,
  { name, page, cookie, target, prepare, isLight }: Case,
  seconds: number,
  around: Around = (_name, act) => act(),
): Promise<CaseResult> {
  const { forum, bare } = servers
  const bytes = await plainPage(forum.url, page, cookie ? { cookie } : {})
  const file = name.replaceAll(/\W+/g, '-')
  writeFileSync(join(pages, file), bytes)
  const plain = { path: `/${file}`, status: 200, connections: target.connections }
  await prepare?.()
  const inTurn = () => loadInTurn(servers, plain, target, seconds, act => around(name, act))
  const { before, loaded, after } = isLight ? await apart([forum, bare], inTurn) : await inTurn()
  const both = together(before, after)
  return {
    name,
    bytes: bytes.length,
    forum: loaded,
    bare: both,
    byRequests: loaded.perSecond / both.perSecond,
    byCpu: both.cpuMs / loaded.cpuMs,
  }
}

/** Each after it was warmed up. */
async function loadInTurn(
  { forum, bare }: Servers,
  plain: Target,
  target: Target,
  seconds: number,
  around: (act: () => Promise<Loaded>) => Promise<Loaded>,
) {
  await load(bare, plain, Math.min(1, seconds / 2))
  await load(forum, target, Math.min(3, seconds / 2))
  const before = await load(bare, plain, seconds / 2)
  const loaded = await around(() => load(forum, target, seconds))
  return { before, loaded, after: await load(bare, plain, seconds / 2) }
}

function together(a: Loaded, b: Loaded) {
  const requests = a.requests + b.requests
  return {
    perSecond: requests / (a.seconds + b.seconds),
    cpuMs: (a.cpuMs * a.requests + b.cpuMs * b.requests) / requests,
  }
}
