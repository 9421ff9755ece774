import type { Request } from 'express'
import { type Announcement, type PageMeta, putAway } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { shownTo } from '../shown.ts'

/** What stands above the page that answers this request. */
export function announcementsSlot(db: Db) {
  return async (req: Request, meta: PageMeta): Promise<Announcement[]> => {
    const shown = await shownTo(db, req.viewer, meta.place ?? null, putAway(req))
    return shown.map(({ id, title, html, dismissible }) => ({ id, title, html, dismissible: dismissible === 1 }))
  }
}
