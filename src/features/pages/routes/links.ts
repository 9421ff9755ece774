import type { Request } from 'express'
import type { ForumFace, MenuLink } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { countOpen } from '../contact/queries.ts'
import { pageNames } from '../texts/names.ts'
import { pagesNow } from '../texts/queries.ts'

/** The foot of every page. */
export async function footerLinks(db: Db, req: Request): Promise<NonNullable<ForumFace['footer']>> {
  const { on } = await pagesNow(db)
  return pageNames.filter(name => on.has(name)).map(name => ({ href: `/${name}/`, text: req.t(`pages.${name}`) }))
}

/** For administrators: what people wrote to them, with how many nobody has dealt with. */
export function messagesMenu(db: Db) {
  return async ({ viewer, t }: Request): Promise<MenuLink[]> => {
    if (!viewer.admin) return []
    return [{ href: '/admin/messages', text: t('pages.messages'), symbol: 'mail', count: await countOpen(db) }]
  }
}
