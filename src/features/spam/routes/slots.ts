import type { Request } from 'express'
import type { MenuLink, Notice } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { countWaiting } from '../queries/waiting.ts'

/** Tells members on every page that their account waits for an administrator. */
export function waitingNotice({ viewer, t }: Request): Notice[] {
  if (!viewer.member?.waiting) return []
  return [{ kind: 'info', text: t('spam.account_waits'), plain: true }]
}

/** Tells administrators how many accounts wait for them. */
export function waitingMenu(db: Db): (req: Request) => Promise<MenuLink[]> {
  return async ({ viewer, t }) => {
    const count = viewer.admin ? await countWaiting(db) : 0
    return count > 0 ? [{ href: '/admin/members/waiting', text: t('spam.waiting'), symbol: 'user-round', count }] : []
  }
}
