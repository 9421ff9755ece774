import { Router } from 'express'
import type { Db } from '../../../platform/store/index.ts'
import { newChallenge } from '../proof.ts'

/** `/proof/challenge`: a sum for the browser of somebody who fills in a form. */
export function spamRouter({ db }: { readonly db: Db }): Router {
  const router = Router()
  router.get('/proof/challenge', async (_req, res) => {
    res.set('Cache-Control', 'no-store').json(await newChallenge(db))
  })
  return router
}
