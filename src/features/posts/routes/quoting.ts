import type { RequestHandler } from 'express'
import { Refusal } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { quoteForm } from '../forms.ts'
import { quoteAsked } from '../quote.ts'

/** POST `/compose/quotes`: several posts, or a part of one, as a text for the reply box. */
export function quoting({ db }: { readonly db: Db }): RequestHandler {
  return async (req, res) => {
    res.set('Cache-Control', 'no-store')
    const { values } = readForm(quoteForm, req.body)
    if (!values) return void res.status(422).json({})
    try {
      res.json(await quoteAsked(db, req.viewer, values))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      res.status(error.status).json({ reason: error.reason && req.t(error.reason.key, error.reason.args) })
    }
  }
}
