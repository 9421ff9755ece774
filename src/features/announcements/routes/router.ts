import { Router } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import { awayCookie, idOf, putAway, putCookie, returnPath } from '../../../platform/http/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { announcementById, insertDismissal, standing } from '../queries.ts'
import { mayMeet } from '../shown.ts'

const year = 365 * 24 * 60 * 60

/** Putting an announcement away: for members wherever they read, for guests in this browser. */
export function announcementsRouter({ db }: { readonly db: Db }): Router {
  const router = Router()
  router.post('/announcements/:id/dismiss', async (req, res) => {
    const one = await announcementById(db, idOf(req))
    if (one?.dismissible !== 1 || !mayMeet(one, req.viewer)) throw new NotFound()
    const { member } = req.viewer
    if (member) await inTransaction(db, tx => insertDismissal(tx, one.id, member.id, Date.now()))
    else {
      const known = new Set((await standing(db)).map(({ id }) => id))
      putCookie(res, 'stoa_away', awayCookie([...putAway(req).filter(id => known.has(id)), one.id]), { seconds: year })
    }
    res.redirect(303, returnPath(req))
  })
  return router
}
