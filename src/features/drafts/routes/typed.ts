import { type RequestHandler, type Response, Router } from 'express'
import { Refusal, TooMany } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type Place, placeFrom } from '../../posts/index.ts'
import { clearForm, typedForm } from '../forms.ts'
import { deleteTyped } from '../typed/queries.ts'
import { saveTyped } from '../typed/save-typed.ts'

/** What a script sends while a member types: `/drafts/typed` saves it, `/drafts/cleared` lets it go. */
export function typedRouter({ db }: { readonly db: Db }): RequestHandler {
  const router = Router()

  router.post('/drafts/typed', async (req, res) => {
    const { member } = req.viewer
    const { values } = readForm(typedForm, req.body)
    const place = knownPlace(values?.place)
    if (!member || !values || !place) return refuse(res, member ? 422 : 403)
    try {
      const { kept, isOther } = await saveTyped(db, member.id, { ...values, place, base: values.base ?? null })
      res.set('Cache-Control', 'no-store').json({ ...kept, isOther })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error instanceof TooMany) res.set('Retry-After', String(error.retryAfter))
      refuse(res, error.status)
    }
  })

  router.post('/drafts/cleared', async (req, res) => {
    const { member } = req.viewer
    const { values } = readForm(clearForm, req.body)
    const place = knownPlace(values?.place)
    if (!member || !values || !place) return refuse(res, member ? 422 : 403)
    await deleteTyped(db, member.id, place, values.at)
    res.status(204).end()
  })
  return router
}

/** A place whose number is none of a row is none. */
function knownPlace(typed: unknown): Place | null {
  const place = placeFrom(typed)
  return place && Number(place.split(':')[1]) <= 2_147_483_647 ? place : null
}

function refuse(res: Response, status: number): void {
  res.status(status).set('Cache-Control', 'no-store').json({})
}
