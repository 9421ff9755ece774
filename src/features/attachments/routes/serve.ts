import type { RequestHandler, Response } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import type { Files } from '../../../platform/files/index.ts'
import { idOf } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type AttachmentSlots, fileOf, findAttachment, type ServedFile, type Size } from '../serving.ts'

export interface ServeDeps {
  readonly db: Db
  readonly files: Files
  readonly slots: AttachmentSlots
}

const year = 365 * 24 * 60 * 60

/**
 * `/attachment/12/photo.jpg`, and `?size=display` and `?size=thumb` of pictures. Never in a shared cache, because whoever
 * may have it today may not tomorrow; in a browser's own for good, because it never changes, as long as the same person
 * uses it.
 */
export function serveAttachment({ db, files, slots }: ServeDeps): RequestHandler {
  return async (req, res) => {
    const attachment = await findAttachment(db, slots, req.viewer, idOf(req))
    const file = fileOf(attachment, sizeFrom(req.query.size))
    if ((await files.age(file.name)) === null) throw new NotFound()
    describe(res.vary('Cookie'), file)
    await new Promise<void>((resolve, reject) => {
      const options = { root: files.folder, cacheControl: false, dotfiles: 'allow' as const }
      res.sendFile(file.name, options, error => {
        // Whoever went away before it began is no fault of ours.
        if (!error || res.headersSent || isAborted(error)) resolve()
        else reject(error)
      })
    })
  }
}

/** Express calls it so when the connection ended before the file was sent. */
function isAborted(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNABORTED'
}

function sizeFrom(asked: unknown): Size {
  return asked === 'display' || asked === 'thumb' ? asked : 'full'
}

/** What it is was found out when it came; a browser is not to guess, and should it take it for a page, that may do nothing. */
function describe(res: Response, { type, saveAs, inline }: ServedFile): void {
  res.set({
    'Content-Type': type,
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; ${namedAs(saveAs)}`,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': `private, max-age=${year}, immutable`,
  })
}

/** RFC 6266, appendix D: a name in plain letters, and the real one for all browsers of today (RFC 8187). */
function namedAs(name: string): string {
  const plain = name.replace(/[^\w. -]/g, '_')
  const real = encodeURIComponent(name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `filename="${plain}"; filename*=UTF-8''${real}`
}
