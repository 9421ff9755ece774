import type { Request, Response } from 'express'
import { page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type Room, sideMenu } from '../pages/side-menu.ts'

/** Shows one of the moderators' pages in their frame; `view` is its file with the folder. */
export type ShowRoom = (
  req: Request,
  res: Response,
  view: string,
  room: Room,
  data: Record<string, unknown>,
) => Promise<void>

export function showRooms(db: Db): ShowRoom {
  return async (req, res, view, room, data) => {
    const title = req.t(`moderation.room_${room}`)
    const breadcrumb = room === 'overview' ? [] : [{ href: '/modcp/', text: req.t('moderation.title') }]
    const menu = await sideMenu(db, req.viewer, room)
    await page(res, view, { meta: { title, noindex: true, breadcrumb }, title, room, menu, ...data })
  }
}
