import { type Request, type RequestHandler, type Response, Router } from 'express'
import { page } from '../../../platform/http/index.ts'

/** What the page of one kind of mail says, as phrase keys, and what its secrets do. */
export interface Unsubscribing {
  readonly title: string
  readonly about: string
  readonly button: string
  readonly done: string
  /** Throws NotFound unless a mail brought this secret. */
  demand(secret: unknown): Promise<unknown>
  /** Stops the mail; again is no mistake. Throws NotFound. */
  stop(secret: unknown): Promise<void>
}

/** What mail programs send there may be multipart (RFC 8058, section 3.2). It says nothing that the address does not. */
export const unsubscribePaths: readonly RegExp[] = [/^\/unsubscribe\/[a-z]+\/[\w-]+\/?$/]

/**
 * Where mails of one kind are stopped, by a path that ends with the mail's secret: opening it shows a button, and a POST,
 * also by the mail program with no cookie and a body of its own (RFC 8058), stops them.
 */
export function unsubscribeRoutes(path: string, kind: Unsubscribing): RequestHandler {
  const router = Router()
  router.get(`${path}/:secret`, async (req, res) => {
    await kind.demand(req.params.secret)
    await show(req, res, kind, false)
  })
  router.post(`${path}/:secret`, async (req, res) => {
    await kind.stop(req.params.secret)
    await show(req, res, kind, true)
  })
  return router
}

async function show(req: Request, res: Response, { title, about, button, done }: Unsubscribing, isDone: boolean) {
  await page(res, 'shared/unsubscribe', {
    meta: { title: req.t(title), noindex: true, noStore: true, narrow: true },
    title: req.t(title),
    about: req.t(about),
    button: req.t(button),
    done: isDone ? req.t(done) : null,
    action: req.path,
  })
}
