import { type Response, Router } from 'express'
import { type Files, fileName } from './kept-files.ts'

/**
 * `/files/<hash>.<ext>`: what was uploaded, which never changes under its name. Should a browser ever take one for a
 * page, it may do nothing there. Whatever else is asked for below `/files/` is not there.
 */
export function fileRoutes({ folder }: Pick<Files, 'folder'>): Router {
  const router = Router()
  router.get('/files/:name', (req, res, next) => {
    if (!fileName.test(req.params.name)) return next()
    const headers = { 'Content-Security-Policy': "sandbox; default-src 'none'", 'X-Content-Type-Options': 'nosniff' }
    const options = { root: folder, headers, immutable: true, maxAge: '365d', acceptRanges: false }
    res.sendFile(req.params.name, options, error => {
      if (error && !res.headersSent) sayNothing(res)
    })
  })
  router.use('/files', (_req, res) => sayNothing(res))
  return router
}

function sayNothing(res: Response): void {
  res.status(404).set('Cache-Control', 'no-store').type('text').send('Not found')
}
