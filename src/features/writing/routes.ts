import { type Request, type RequestHandler, Router } from 'express'
import { Refusal } from '../../platform/errors.ts'
import { addressOf, part, readForm } from '../../platform/http/index.ts'
import { addressKey } from '../../platform/limits/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { convertFor } from './convert-text.ts'
import { convertForm, richText } from './forms.ts'

interface WritingDeps {
  readonly db: Db
}

/** What writing asks for: tools, lists and words in the reader's language, and a text in the other format. */
export function writingRouter({ db }: WritingDeps): RequestHandler {
  const router = Router()
  router.get('/compose/tools', (_req, res) => part(res, 'writing/tools'))
  router.get('/compose/light-box', (_req, res) => part(res, 'writing/light-box'))
  router.get('/compose/suggest', (_req, res) => part(res, 'writing/suggest'))
  router.get('/compose/emoji', (_req, res) => part(res, 'writing/emoji'))
  router.post('/compose/convert', async (req, res) => {
    const { values } = readForm(convertForm, req.body)
    if (!values) return void res.status(422).json({})
    try {
      res.set('Cache-Control', 'no-store').json(await convertFor(db, 'convert', whoAsks(req), values))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      res.status(error.status).json({ reason: error.reason && req.t(error.reason.key, error.reason.args) })
    }
  })
  return router
}

function whoAsks(req: Request): string {
  const { member } = req.viewer
  return member ? `member ${member.id}` : addressKey(addressOf(req))
}

/**
 * A text that the rich editor sent is taken on as Markdown, from which exactly the same is made: so whatever becomes of
 * it on its way, in a form again, as a draft, carried through signing in, it can be read and edited everywhere. What
 * cannot be converted, and what comes too often from one address, stays as it is, for whoever answers to refuse or take.
 */
export function takeAsMarkdown({ db }: WritingDeps): RequestHandler {
  return async (req, _res, next) => {
    const { data } = req.path === '/compose/convert' ? {} : richText.safeParse(req.body)
    if (!data) return next()
    try {
      const { body, format } = await convertFor(db, 'taken', addressKey(addressOf(req)), data)
      Object.assign(req.body, { body, format, rich: '1' })
    } catch (error) {
      if (!(error instanceof Refusal)) return next(error)
    }
    next()
  }
}
