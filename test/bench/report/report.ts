import type { Case } from '../cases/case.ts'
import type { CaseResult } from '../measures/compare-with-bare.ts'
import type { Waiting } from '../measures/waiting.ts'
import type { MemoryInUse } from '../server-process.ts'
import type { Measured, Result } from './result.ts'
import { round, table } from './table.ts'

const headings = [
  'case',
  'req/s',
  'p50 ms',
  'p99 ms',
  'CPU ms',
  'busy',
  'bare req/s',
  'by requests',
  'by CPU',
  'to reach',
  'holds',
]

/** One row for each case. `busy` is how much of a processor the forum used: below 1, something else was the limit. */
export function casesTable(cases: readonly CaseResult[], wanted: readonly Pick<Case, 'name' | 'toReach'>[]): string {
  const rows = cases.map(({ name, forum, bare, byRequests, byCpu }) => {
    const { share, p99 } = wanted.find(known => known.name === name)?.toReach ?? {}
    const holds = (share === undefined || byRequests >= share) && (p99 === undefined || forum.p99 <= p99)
    const toReach = [share ?? '', p99 === undefined ? '' : `p99 ${p99} ms`].filter(part => part !== '').join(', ')
    const cells = [forum.perSecond, forum.p50, forum.p99, forum.cpuMs, forum.busy.server, bare.perSecond]
    return [name, ...[...cells, byRequests, byCpu].map(round), toReach, toReach && (holds ? 'yes' : 'NO')]
  })
  return table(headings, rows)
}

export function figuresTable({ figures }: Pick<Result, 'figures'>): string {
  const rows = figures.map(({ name, toReach, reached, holds }) => [name, toReach, reached, holds ? 'yes' : 'NO'])
  return table(['figure', 'to reach', 'reached', 'holds'], rows)
}

/** What else was measured, in words. */
export function otherLines({ waiting, memory, starts, queries, weight }: Measured): string[] {
  return [
    ...(waiting ? waitingLines(waiting) : []),
    ...(memory ? [`Memory: idle ${inUse(memory.idle)}; after the load ${inUse(memory.afterLoad)}`] : []),
    ...(starts ? [`First answer: best ${round(starts.best)} ms, median ${round(starts.median)} ms`] : []),
    ...(queries ? [`Queries: ${entries(queries, String)}`] : []),
    ...(weight ? [`A guest's topic page: ${weight.requests} requests: ${weight.files.join(', ')}`] : []),
  ]
}

function inUse({ resident, mapped }: MemoryInUse): string {
  return `${round(resident)} MB, ${round(mapped)} MB of it mapped files`
}

function waitingLines({ quiet, meanwhile, signedIn, composed, ownDelay }: Waiting): string[] {
  const times = (who: Waiting['quiet']) =>
    entries(who, ({ p50, p99, max }) => `${round(p50)} p50, ${round(p99)} p99, ${round(max)} max`)
  return [
    `Light requests in ms, while nothing else happens: ${times(quiet)}`,
    `  while ${signedIn} sign-ins and ${composed} posts of 64 KB are answered: ${times(meanwhile)}`,
    `  (whoever measured was held up for at most ${round(ownDelay)} ms)`,
  ]
}

function entries<T>(record: Record<string, T>, show: (value: T) => string): string {
  return Object.entries(record)
    .map(([name, value]) => `${name} ${show(value)}`)
    .join('; ')
}
