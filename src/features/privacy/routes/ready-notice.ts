import type { Request } from 'express'
import type { Notice } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { exportById } from '../queries/exports.ts'

declare module 'express-session' {
  interface SessionData {
    /** The file that this browser asked for and has not been told of. */
    exportId: number
  }
}

/** Says once, to the browser that asked, that its file is ready. Only such a browser costs a look. */
export function readyNotice(db: Db) {
  return async (req: Request): Promise<Notice[]> => {
    const id = req.session?.exportId
    if (id === undefined || !req.viewer.member) return []
    const row = await exportById(db, id)
    if (row && row.ready_at === null) return []
    delete (req.session as Partial<typeof req.session>).exportId
    if (row?.asked_by_id !== req.viewer.member.id || req.path.startsWith('/account/data')) return []
    const link = { href: '/account/data/', text: req.t('privacy.ready_link') }
    return [{ kind: 'success', text: req.t('privacy.ready_notice'), link }]
  }
}
