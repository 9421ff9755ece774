import type { Db } from '../../../platform/store/index.ts'
import { moderatedForums, type Viewer } from '../../members/index.ts'
import { countOpenCases, sightOf } from '../../reports/index.ts'
import { countWithdrawn } from '../queries/withdrawn.ts'
import { type LogEntry, logPage } from './log-page.ts'
import { type QueuePage, queuePage } from './queue-page.ts'

const shownOfQueue = 5
const shownOfLog = 10

/** What waits, what is out of sight, and what was done last, as far as it is this viewer's. */
export async function overviewPage(
  db: Db,
  viewer: Viewer,
): Promise<{
  queue: QueuePage
  reports: number
  hidden: number
  deleted: number
  entries: readonly LogEntry[]
}> {
  const forums = moderatedForums(viewer)
  const everything = { by: null, act: null, forum: null }
  return {
    queue: await queuePage(db, viewer, 1, shownOfQueue),
    reports: await countOpenCases(db, sightOf(viewer)),
    hidden: await countWithdrawn(db, 'hidden', forums),
    deleted: await countWithdrawn(db, 'deleted', forums),
    entries: (await logPage(db, viewer, everything, 1, shownOfLog)).entries,
  }
}
