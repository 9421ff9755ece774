import type { Request, RequestHandler, Response } from 'express'
import { type Notice, page, typedText } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'

/** In seconds: when it is worth asking again. */
const retryAfter = 300

/** What stays open, so that administrators get in, and everybody out: signing in and out, a new password, the theme. */
const open = /^\/(?:login|logout|recover|reset|setup|preferences)(?:\/|$)/i

/**
 * While the forum is closed for maintenance: only administrators get further. Whoever sent something gets it back with the
 * page that says so. Stands after whoever asks is known; kept pages turn with the settings.
 */
export function closeForMaintenance(db: Db): RequestHandler {
  return async (req, res, next) => {
    const { maintenance, maintenance_text } = await settings(db)
    if (!maintenance || req.viewer.admin || open.test(req.path)) return next()
    res.status(503).set('Retry-After', String(retryAfter))
    if (req.accepts('html')) return closedPage(req, res, maintenance_text)
    res
      .set('Cache-Control', 'no-store')
      .type('text')
      .send(maintenance_text || req.t('admin.closed_text'))
  }
}

async function closedPage(req: Request, res: Response, text: string): Promise<void> {
  const title = req.t('admin.closed')
  const typed = Object.entries(typedText(req.body)).map(([name, value]) => ({
    label: req.t(`http.typed_${name}`),
    value,
  }))
  await page(res, 'admin/closed', {
    meta: { title, noindex: true, noStore: true, narrow: true },
    title,
    text: text || req.t('admin.closed_text'),
    typed,
  })
}

/** Reminds administrators, who see a forum that nobody else sees. */
export async function maintenanceNotice(db: Db, req: Request): Promise<Notice[]> {
  if (!req.viewer.admin || !(await settings(db)).maintenance) return []
  const link = { href: '/admin/settings/maintenance', text: req.t('admin.closed_open') }
  return [{ kind: 'warning', text: req.t('admin.closed_now'), link, plain: true }]
}
