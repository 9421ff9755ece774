import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import { exportsAskedBy } from '../queries/exports.ts'
import { mayDownload } from './find-export.ts'
import { exportDays } from './purge-exports.ts'

/** One file on the page: being made, or ready to be downloaded. */
export interface ListedExport {
  readonly id: number
  /** About somebody else; null: about the reader. */
  readonly about: string | null
  readonly ready: boolean
  readonly progress: number
  readonly total: number
  /** In KB; null until it is ready. */
  readonly kb: number | null
  readonly at: number
  readonly until: number
}

const day = 24 * 60 * 60_000

/** The files that this viewer asked for, newest first. */
export async function listExports(db: Db, viewer: Viewer): Promise<ListedExport[]> {
  const rows = viewer.member ? await exportsAskedBy(db, viewer.member.id) : []
  return rows
    .filter(row => mayDownload(viewer, row))
    .map(row => ({
      id: row.id,
      about: row.member_id === viewer.member?.id ? null : row.name,
      ready: row.ready_at !== null,
      progress: row.progress,
      total: row.total,
      kb: row.size === null ? null : Math.max(1, Math.round(row.size / 1024)),
      at: row.ready_at ?? row.created_at,
      until: row.created_at + exportDays * day,
    }))
}
