import { createHash } from 'node:crypto'
import { type Request, type RequestHandler, Router } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type Settings, settings } from '../../settings/index.ts'

/** Pages on which a broken style sheet could keep an administrator from mending it. */
const always = /^\/(?:admin|login|recover|reset|setup)(?:[/?]|$)/i

/**
 * Where the forum's own style sheet for this page is; undefined: it goes without, because there is none, because the page is
 * one of the administration, or because its address asks for that by `?safe-css=1`.
 */
export function ownStyles(req: Request, { custom_css }: Pick<Settings, 'custom_css'>): string | undefined {
  if (custom_css === '' || always.test(req.originalUrl) || isWithoutStyles(req.originalUrl)) return undefined
  return `/custom-css/${nameOf(custom_css)}.css`
}

/** Such a page is no guests' page that others may get. */
export function isWithoutStyles(url: string): boolean {
  return /[?&]safe-css=1(?:&|$)/.test(url)
}

/** The forum's own style sheet, under an address that changes with it. */
export function stylesRouter({ db }: { db: Db }): RequestHandler {
  const router = Router()
  router.get('/custom-css/:name.css', async (req, res) => {
    const { custom_css } = await settings(db)
    if (custom_css === '' || req.params.name !== nameOf(custom_css)) throw new NotFound()
    res.set('Cache-Control', 'public, max-age=31536000, immutable').type('text/css').send(custom_css)
  })
  return router
}

function nameOf(css: string): string {
  return createHash('sha256').update(css).digest('hex').slice(0, 16)
}
