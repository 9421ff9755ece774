import { excerpt } from '../../../content/index.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import {
  type CaseRow,
  type CaseState,
  caseStates,
  casesIn,
  countCases,
  type ReportRow,
  reportsIn,
  sightOf,
} from '../../reports/index.ts'
import { type Item, loadItems } from '../targets/items.ts'

/** A post that was reported, in a list. */
export interface ListedCase extends CaseRow {
  readonly item: Item
  readonly excerpt: string
  /** Each reason, with how many gave it. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
  readonly reports: number
  /** Only machines may have reported it. */
  readonly suspect: boolean
}

const perPage = 20
const excerptLength = 240

/** What was reported and is this viewer's to see, in one of three states; the open ones that wait the longest first. */
export async function reportsPage(db: Db, viewer: Viewer, state: CaseState, page: number, size = perPage) {
  const sight = sightOf(viewer)
  const totals: Record<CaseState, number> = { open: 0, mine: 0, settled: 0 }
  for (const each of caseStates) totals[each] = await countCases(db, sight, each)
  const rows = await casesIn(db, sight, state, windowOf(page, size))
  return { state, page, pages: pagesOf(totals[state], size), totals, cases: await listed(db, viewer, rows) }
}

async function listed(db: Db, viewer: Viewer, rows: readonly CaseRow[]): Promise<ListedCase[]> {
  const refs = rows.map(({ post_id: id }) => ({ kind: 'post' as const, id }))
  const items = new Map((await loadItems(db, viewer, refs)).map(item => [item.target.id, item]))
  const reports = await reportsIn(
    db,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(row => {
    const item = items.get(row.post_id)
    const own = reports.filter(report => report.case_id === row.id)
    if (!item) return []
    const suspect = own.every(report => report.suspect_at !== null)
    const words = excerpt(item.post?.text ?? '', excerptLength)
    return [{ ...row, item, excerpt: words, reasons: counted(own), reports: own.length, suspect }]
  })
}

function counted(reports: readonly ReportRow[]) {
  const counts = new Map<string, number>()
  for (const { reason } of reports) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
}
