import { readFileSync } from 'node:fs'
import type { Result } from './result.ts'
import { round, table } from './table.ts'

/** What changed since an earlier run. Throws RangeError when the file holds none. */
export function comparison(now: Result, file: string): string {
  const before = readResult(file)
  const rows = now.cases.flatMap(({ name, byRequests, byCpu, forum }) => {
    const old = before.cases.find(known => known.name === name)
    if (!old) return []
    const pairs: [number, number][] = [
      [old.byRequests, byRequests],
      [old.byCpu, byCpu],
      [old.forum.cpuMs, forum.cpuMs],
      [old.forum.p99, forum.p99],
    ]
    return [[name, ...pairs.flatMap(([was, is]) => [`${round(was)} → ${round(is)}`, change(was, is)])]]
  })
  const figures = now.figures.flatMap(({ name, reached }) => {
    const was = before.figures.find(known => known.name === name)?.reached
    return was === undefined ? [] : [[name, was, reached]]
  })
  const headings = ['case', 'by requests', '', 'by CPU', '', 'CPU ms', '', 'p99 ms', '']
  const tables = [
    rows.length > 0 && table(headings, rows),
    figures.length > 0 && table(['figure', 'then', 'now'], figures),
  ]
  return [`Since ${before.made} (${describe(before)}):`, ...tables.filter(text => text !== false)].join('\n\n')
}

function readResult(file: string): Result {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8')) as Result
    if (Array.isArray(result.cases) && Array.isArray(result.figures)) return result
  } catch (error) {
    throw new RangeError(`--compare ${file}: ${error instanceof Error ? error.message : error}`)
  }
  throw new RangeError(`--compare ${file}: this is no result of a run`)
}

function describe({ options: { database, posts }, processor, processors }: Result): string {
  return `${database}, ${posts} posts, ${processors} × ${processor}`
}

function change(was: number, is: number): string {
  const percent = (is / was - 1) * 100
  return Number.isFinite(percent) ? `${percent >= 0 ? '+' : ''}${percent.toFixed(0)} %` : '?'
}
