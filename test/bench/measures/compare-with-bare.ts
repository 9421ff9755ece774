import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apart } from '../apart.ts'
import type { Case } from '../cases/case.ts'
import { type Loaded, load, type Slice, type Target, together } from '../load.ts'
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

/** Loads bare Express and the forum by turns. `around` is done around loading the forum once more, before. */
export async function compareWithBare(
  servers: Servers,
  pages: string,
  one: Case,
  seconds: number,
  around?: Around,
): Promise<CaseResult> {
  const { name, page, cookie, target, prepare, isLight } = one
  const { forum, bare } = servers
  const bytes = await plainPage(forum.url, page, cookie ? { cookie } : {})
  const file = name.replaceAll(/\W+/g, '-')
  writeFileSync(join(pages, file), bytes)
  const plain = { path: `/${file}`, status: 200, connections: target.connections }
  await prepare?.()
  const inTurn = async () => {
    await load(bare, plain, Math.min(1, seconds / 2))
    await load(forum, target, Math.min(3, seconds / 2))
    await around?.(name, () => load(forum, target, seconds))
    return loadByTurns(servers, plain, one, seconds)
  }
  const loaded = isLight ? await apart([forum, bare], inTurn) : await inTurn()
  return {
    name,
    bytes: bytes.length,
    forum: loaded.forum,
    bare: { perSecond: loaded.bare.perSecond, cpuMs: loaded.bare.cpuMs },
    byRequests: loaded.forum.perSecond / loaded.bare.perSecond,
    byCpu: loaded.bare.cpuMs / loaded.forum.cpuMs,
    ...(loaded.beside && { ofBeside: loaded.forum.perSecond / loaded.beside.perSecond }),
  }
}

/**
 * How many, and what share of the time each takes. Long ones, because requests that the end of one cuts off count for it;
 * two pages of the forum lose alike, and differ by so little that they are looked at for twice as long.
 */
const turns = { withBare: { times: 2, share: 1 / 2 }, withAnother: { times: 20, share: 1 / 10 } }

/** So that whatever else the machine does meanwhile slows all of them down alike. */
async function loadByTurns({ forum, bare }: Servers, plain: Target, { target, beside }: Case, seconds: number) {
  const slices = { forum: [] as Slice[], bare: [] as Slice[], beside: [] as Slice[] }
  const { times, share } = beside ? turns.withAnother : turns.withBare
  for (let turn = 0; turn < times; turn++) {
    slices.bare.push(await load(bare, plain, seconds * share))
    const one = async () => void slices.forum.push(await load(forum, target, seconds * share))
    const other = async () => void (beside && slices.beside.push(await load(forum, beside, seconds * share)))
    // Whoever comes first finds a forum in which nothing has been done for a while.
    for (const act of turn % 2 === 0 ? [one, other] : [other, one]) await act()
  }
  return {
    forum: together(slices.forum),
    bare: together(slices.bare),
    beside: beside && together(slices.beside),
  }
}
