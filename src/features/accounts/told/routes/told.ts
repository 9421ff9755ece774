import { type Request, type RequestHandler, Router } from 'express'
import type { Message } from '../../../../platform/errors.ts'
import type { Notice } from '../../../../platform/http/index.ts'
import type { Db } from '../../../../platform/store/index.ts'
import { deleteNotice, noticesOf } from '../queries.ts'
import type { Telling } from '../tell-member.ts'

/** What this member was told and has not put away. */
export async function toldNotices(db: Db, { viewer, t }: Request): Promise<Notice[]> {
  if (!viewer.member) return []
  const told = await noticesOf(db, viewer.member.id)
  return told.map(({ id, message }) => {
    const { key, args, kind = 'warning', link }: Message & Telling = JSON.parse(message)
    const way = link && { link: { href: link.href, text: t(link.text.key, link.text.args) } }
    return { kind, text: t(key, args), id: `told-${id}`, sticky: true, ...way }
  })
}

/** Puts one away; stands before the route that does so for what a session keeps. */
export function toldRoutes({ db }: { readonly db: Db }): RequestHandler {
  const router = Router()
  router.post('/notices/dismiss', async (req, _res, next) => {
    const id = /^told-(\d{1,9})$/.exec(String(req.body?.id))?.[1]
    if (id !== undefined && req.viewer.member) await deleteNotice(db, req.viewer.member.id, Number(id))
    next()
  })
  return router
}
