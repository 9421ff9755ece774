import { type Request, Router } from 'express'
import { NotFound, Refusal } from '../../../platform/errors.ts'
import { addressOf, readForm } from '../../../platform/http/index.ts'
import { addressKey, limits } from '../../../platform/limits/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { suggestForm } from '../forms.ts'
import { placeFrom } from '../places.ts'
import { suggestAt } from '../suggest/suggest-at.ts'

/** Somebody who types many names without a pause stays below it. */
const patience = { points: 150, seconds: 60 }

/** GET `/compose/members?place=topic:12&q=be`: whom one may mention there. It names members, and says nothing else of them. */
export function suggestingRouter({ db }: { readonly db: Db }): Router {
  const router = Router()
  router.get('/compose/members', async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const { values } = readForm(suggestForm, req.query)
    if (!values) return void res.status(422).json({ members: [] })
    try {
      await limits(db).spend('suggest', whoAsks(req), patience)
      const place = placeFrom(values.place)
      if (!place) throw new NotFound()
      res.json({ members: await suggestAt(db, req.viewer, place, values.q) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      res.status(error.status).json({ members: [] })
    }
  })
  return router
}

function whoAsks(req: Request): string {
  const { member } = req.viewer
  return member ? `member ${member.id}` : addressKey(addressOf(req))
}
