import { type RequestHandler, Router } from 'express'

/** `/healthz`: the process answers. `/readyz`: it can serve, too; `isReady` may fail as it likes. */
export function healthRoutes(isReady: () => Promise<boolean>): RequestHandler {
  const router = Router()
  router.get('/healthz', (_req, res) => void res.set('Cache-Control', 'no-store').type('text').send('ok'))
  router.get('/readyz', async (_req, res) => {
    const ready = await isReady().catch(() => false)
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text')
    res.send(ready ? 'ready' : 'not ready')
  })
  return router
}
