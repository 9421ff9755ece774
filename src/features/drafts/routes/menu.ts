import type { Request } from 'express'
import type { MenuLink } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { countDrafts } from '../queries.ts'

/** For the member's menu: the way to the drafts, when there are any. */
export function draftsMenu(db: Db): (req: Request) => Promise<MenuLink[]> {
  return async ({ viewer, t }) => {
    const count = viewer.member ? await countDrafts(db, viewer.member.id) : 0
    return count > 0 ? [{ href: '/drafts/', text: t('drafts.title'), symbol: 'file-text', count }] : []
  }
}
