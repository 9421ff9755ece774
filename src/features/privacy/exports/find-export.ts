import { stat } from 'node:fs/promises'
import { Gone, msg, NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import { type Export, exportById } from '../queries/exports.ts'
import { exportPath } from './export-folder.ts'

/** A file to be sent: where it lies, how long it is. */
export interface ExportFile {
  readonly path: string
  readonly size: number
  readonly madeAt: number
}

/** Only whoever asked finds it, and an administrator's only while they are one. */
export function mayDownload({ member, admin }: Viewer, row: Pick<Export, 'asked_by_id' | 'member_id'>): boolean {
  return member !== null && row.asked_by_id === member.id && (row.member_id === member.id || admin)
}

/** Throws NotFound; Gone when the file is not there any more. */
export async function findExport(db: Db, viewer: Viewer, id: number): Promise<ExportFile> {
  const row = await exportById(db, id)
  if (!row?.file || !row.ready_at || !mayDownload(viewer, row)) throw new NotFound()
  const path = exportPath(db, row.file)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Gone(msg('privacy.file_gone'))
  return { path, size: found.size, madeAt: row.ready_at }
}
