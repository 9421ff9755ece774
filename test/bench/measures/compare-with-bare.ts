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
  /** Requests per second, 1 being those of what is asked for beside it. */
  readonly ofBeside?: number
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
  one: Case,
  seconds: number,
  around: Around = (_name, act) => act(),
): Promise<CaseResult> {
  const { name, page, cookie, target, prepare, isLight } = one
  const { forum, bare } = servers
  const bytes = await plainPage(forum.url, page, cookie ? { cookie } : {})
  const file = name.replaceAll(/\W+/g, '-')
  writeFileSync(join(pages, file), bytes)
  const plain = { path: `/${file}`, status: 200, connections: target.connections }
  await prepare?.()
  const inTurn = () => loadInTurn(servers, plain, one, seconds, act => around(name, act))
  const { before, loaded, after, ofBeside } = isLight ? await apart([forum, bare], inTurn) : await inTurn()
  const both = together([before, after])
  return {
    name,
    bytes: bytes.length,
    forum: loaded,
    bare: both,
    byRequests: loaded.perSecond / both.perSecond,
    byCpu: both.cpuMs / loaded.cpuMs,
    ...(ofBeside === undefined ? {} : { ofBeside }),
  }
}

/** Each after it was warmed up. */
async function loadInTurn(
  { forum, bare }: Servers,
  plain: Target,
  { target, beside }: Case,
  seconds: number,
  around: (act: () => Promise<Loaded>) => Promise<Loaded>,
) {
  await load(bare, plain, Math.min(1, seconds / 2))
  await load(forum, target, Math.min(3, seconds / 2))
  const before = await load(bare, plain, seconds / 2)
  const loaded = await around(() => load(forum, target, seconds))
  const after = await load(bare, plain, seconds / 2)
  return { before, loaded, after, ofBeside: beside && (await shareOf(forum, target, beside, seconds)) }
}

const slices = 10

/** How often one is answered as a share of another, in many short slices by turns: what else goes on slows both alike. */
async function shareOf(forum: ServerProcess, target: Target, beside: Target, seconds: number): Promise<number> {
  const one: Loaded[] = []
  const other: Loaded[] = []
  for (let slice = 0; slice < slices; slice++) {
    one.push(await load(forum, target, seconds / slices))
    other.push(await load(forum, beside, seconds / slices))
  }
  return together(one).perSecond / together(other).perSecond
}

function together(parts: readonly Loaded[]) {
  const sum = (what: (part: Loaded) => number) => parts.reduce((all, part) => all + what(part), 0)
  const requests = sum(part => part.requests)
  return {
    perSecond: requests / sum(part => part.seconds),
    cpuMs: sum(part => part.cpuMs * part.requests) / requests,
  }
}
