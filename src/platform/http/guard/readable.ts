import express, { type RequestHandler } from 'express'
import type { Handler } from '../web.ts'
import { Malformed } from './malformed.ts'

/** Refuses addresses that say nothing: broken percent signs, and null bytes, which databases choke on. */
export function readableUrl(): Handler {
  return (req, _res, next) => next(isReadable(req.url ?? '/') ? undefined : new Malformed())
}

function isReadable(url: string): boolean {
  if (!url.startsWith('/') || url.includes('\0')) return false
  if (!url.includes('%')) return true
  if (url.includes('%00')) return false
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

export type BodyOptions = {
  /** The most a form may send, in bytes as they travel: text outside of ASCII takes up to three times its size. */
  maxBytes?: number
  /** The paths whose routes take files, or need no fields: what comes there as multipart is left to them, unread. */
  uploads?: readonly RegExp[]
}

/** Reads what forms send into `req.body`: texts, and lists of texts. Anything else that has a body is refused. */
export function readBodies({ maxBytes = 1024 * 1024, uploads = [] }: BodyOptions = {}): RequestHandler[] {
  const parse = express.urlencoded({ extended: false, inflate: false, limit: maxBytes, parameterLimit: 2000 })
  return [onlyWithBody(parse), onlyWithBody(demandForm(uploads))]
}

/** Most requests bring nothing that could be read. */
function onlyWithBody(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    if (hasBody(req.headers)) return handler(req, res, next)
    req.body ??= {}
    next()
  }
}

function demandForm(uploads: readonly RegExp[]): RequestHandler {
  return (req, _res, next) => {
    if (req.body === undefined) {
      const isUpload = req.is('multipart/form-data') && uploads.some(path => path.test(req.path))
      if (!isUpload) throw new Malformed(415)
      req.body = {}
    }
    if (Object.values(req.body).flat().some(hasNull)) throw new Malformed()
    next()
  }
}

function hasBody(headers: Record<string, unknown>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function hasNull(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0')
}
