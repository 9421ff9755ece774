import { type RequestHandler, Router } from 'express'
import { page } from '../../../platform/http/index.ts'
import { markdownHelp } from '../help-markdown.ts'

/** `/help/markdown`: how to format what one writes. */
export function helpRouter(): RequestHandler {
  const router = Router()
  router.get('/help/markdown', async (req, res) => {
    await page(res, 'help/markdown', {
      meta: { title: req.t('help.title'), description: req.t('help.lead'), canonical: '/help/markdown' },
      chapters: await markdownHelp(req.t),
    })
  })
  return router
}
