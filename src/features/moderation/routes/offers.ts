import type { RequestHandler } from 'express'
import { changeNotices } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { standingBatches } from '../queries/log.ts'
import { batchesIn, dropSettled } from './fold-offers.ts'

/** Takes away offers to undo what was undone elsewhere. Asks only for those who have such offers. */
export function freshOffers({ db }: { readonly db: Db }): RequestHandler {
  return async (req, _res, next) => {
    const batches = batchesIn(req.session?.notices ?? [])
    if (req.method === 'GET' && batches.length > 0) {
      const standing = await standingBatches(db, batches)
      changeNotices(req, notices => dropSettled(notices, standing))
    }
    next()
  }
}
