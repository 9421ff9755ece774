import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { bestEncoding, smallestCompressed, toGzip } from '../encoding.ts'
import { captureOf, isForOthers } from '../page-cache/capture.ts'
import { guestCaching } from '../page-cache/entry.ts'
import { takeNotices } from '../session/notices.ts'
import { takeSent } from '../session/sent.ts'
import { webOf } from '../web.ts'
import { type PageMeta, viewHelpers } from './helpers.ts'
import { assembleShell } from './shell.ts'

export type PageData = { meta: PageMeta } & Record<string, unknown>

/**
 * Answers with a view inside the layout: `page(res.status(422), 'posts/reply', { meta, form })`. The layout gets the
 * view's HTML as `it.bodyHtml`.
 */
export async function page(res: Response, view: string, data: PageData): Promise<void> {
  const { req } = res
  const { views, assets, shell: slots, origin } = webOf(res)
  const assembled = await assembleShell(slots, req, data.meta)
  const notices = [...takeNotices(req), ...assembled.notices]
  const shell = { baseUrl: origin(req), ...assembled, notices, sent: takeSent(res) }
  const helpers = viewHelpers({ here: hereOf(res, data.meta), assets, shell, meta: data.meta })
  const bodyHtml = views.render(view, data, helpers)
  await sendPage(res, views.render('layouts/main', { bodyHtml }, helpers), data.meta.noStore)
}

/** Answers with a view alone, for a script that puts it into a page. A browser that has it already is told so. */
export async function part(res: Response, view: string, data: Record<string, unknown> = {}): Promise<void> {
  const { req } = res
  const { views, assets, shell: slots } = webOf(res)
  const meta = { title: '' }
  const shell = await assembleShell(slots, req, meta)
  const html = views.render(view, data, viewHelpers({ here: req.originalUrl, assets, shell, meta }))
  res.setHeader('ETag', `"${createHash('sha256').update(html).digest('base64url').slice(0, 20)}"`)
  if (req.fresh) return void res.status(304).end()
  await sendPage(res, html)
}

const unkept = new WeakSet<Request>()

/** Whatever page answers this request: nobody keeps a copy. */
export function keepNowhere(req: Request): void {
  unkept.add(req)
}

/** What others will get must not hold what only this guest's address said. */
function hereOf(res: Response, { canonical }: PageMeta): string {
  const { originalUrl } = res.req
  return isForOthers(res) ? (canonical ?? originalUrl.split('?', 1)[0] ?? '/') : originalUrl
}

/**
 * Answers with finished HTML, compressed, which is kept for others only where the guests' page cache waits for it. Only
 * a page that is kept has a validator: to make one for any other means to make the page.
 */
export async function sendPage(res: Response, html: Buffer, noStore = false): Promise<void> {
  res.setHeader('Content-Type', 'text/html; charset=utf-8')
  const isSecret = noStore || unkept.has(res.req)
  if (isSecret) res.setHeader('Cache-Control', 'no-store')
  else for (const [name, value] of cachingHeaders) res.setHeader(name, value)
  const capture = isSecret ? undefined : captureOf(res.req, res)
  if (capture) await capture.keep(html)
  else sendBytes(res, await bytesFor(res, html))
}

const cachingHeaders = Object.entries(guestCaching)

function sendBytes(res: Response, bytes: Buffer): void {
  res.setHeader('Content-Length', bytes.length)
  res.end(res.req.method === 'HEAD' ? undefined : bytes)
}

async function bytesFor(res: Response, html: Buffer): Promise<Buffer> {
  const encoding = bestEncoding(res.req.headers['accept-encoding'], ['gzip'])
  if (encoding !== 'gzip' || html.length < smallestCompressed) return html
  const bytes = await toGzip(html)
  res.setHeader('Content-Encoding', encoding)
  return bytes
}
