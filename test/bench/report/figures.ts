import type { CaseResult } from '../measures/compare-with-bare.ts'
import type { Waits } from '../measures/waiting.ts'
import type { Measured } from './result.ts'

/** One figure that has to be reached, and what was reached. */
export type Figure = {
  readonly name: string
  readonly toReach: string
  readonly reached: string
  readonly holds: boolean
}

/** For SQLite, one process and 100,000 posts; those of other runs are for looking at. */
export function figuresOf(measured: Measured): Figure[] {
  const { cases, waiting, memory, starts, weight } = measured
  const figures: (Figure | undefined)[] = [
    atLeast('guest: cached pages, slowest', slowest(cases, ' cached'), 4),
    atLeast('guest: 304, slowest', slowest(cases, ' 304'), 5),
    atLeast('guest: topic uncached', share(cases, 'guest: topic uncached'), 0.25),
    atLeast('member: topic', share(cases, 'member: topic'), 0.15),
    atLeast('guest: deep page, of page 1', ofBeside(cases, 'guest: deep page uncached'), 0.9),
    atLeast('member: deep page, of page 1', ofBeside(cases, 'member: deep page'), 0.9),
    atLeast('member: reply', share(cases, 'member: reply'), 0.06),
    atMost('member: reply, p99', cases.find(({ name }) => name === 'member: reply')?.forum.p99, 30, 'ms'),
    atMost('longest wait meanwhile', waiting && longestWait(waiting.meanwhile), 20, 'ms'),
    atMost('first answer, median', starts?.median, 1000, 'ms'),
    atMost('memory, idle', memory?.idle.resident, 130, 'MB'),
    atMost('memory, after the load', memory?.afterLoad.resident, 220, 'MB'),
    atMost("guest's topic page: requests", weight?.requests, 4, ''),
    atMost("guest's topic page: CSS", weight && weight.css / 1000, 15, 'KB'),
    atMost("guest's topic page: scripts", weight && weight.scripts / 1000, 10, 'KB'),
  ]
  return figures.filter(figure => figure !== undefined)
}

function atLeast(name: string, reached: number | undefined, least: number): Figure | undefined {
  if (reached === undefined) return undefined
  return { name, toReach: `≥ ${least}`, reached: reached.toFixed(3), holds: reached >= least }
}

function atMost(name: string, reached: number | undefined, most: number, unit: string): Figure | undefined {
  if (reached === undefined) return undefined
  const shown = Number.isInteger(reached) ? String(reached) : reached.toFixed(1)
  return { name, toReach: `≤ ${most} ${unit}`.trim(), reached: `${shown} ${unit}`.trim(), holds: reached <= most }
}

function share(cases: readonly CaseResult[], name: string): number | undefined {
  return cases.find(found => found.name === name)?.byRequests
}

/** Not by way of bare Express, which answers the smaller page sooner. */
function ofBeside(cases: readonly CaseResult[], name: string): number | undefined {
  return cases.find(found => found.name === name)?.ofBeside
}

function slowest(cases: readonly CaseResult[], ending: string): number | undefined {
  const shares = cases.filter(({ name }) => name.endsWith(ending)).map(({ byRequests }) => byRequests)
  return shares.length > 0 ? Math.min(...shares) : undefined
}

function longestWait({ guest, member }: Waits): number {
  return Math.max(guest.max, member.max)
}
