import type { Request, RequestHandler, Response } from 'express'
import { Invalid, type Message, Refusal, TooMany, Unavailable } from '../../../platform/errors.ts'
import { type Files, isMultipart, readUploads, type Uploads } from '../../../platform/files/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { countUploads, mostAtOnce, uploadLimits } from '../limits.ts'
import { markdownFor } from '../markdown.ts'
import { beginSending } from '../sending.ts'
import { sizeInWords } from '../size.ts'
import { takeFiles } from '../take-files.ts'

declare global {
  namespace Express {
    interface Request {
      /** Why the files that were chosen in this form could not be taken. */
      uploadFault?: Message
    }
  }
}

interface FormUploadsDeps {
  readonly db: Db
  readonly files: Files
}

/** The forms in which files may be chosen while one writes. */
export const formUploadPaths: readonly RegExp[] = [
  /^\/(?:topic\/[^/]+\/reply|forum\/[^/]+\/new-topic|post\/[^/]+\/edit)\/?$/i,
]

/** What nobody may upload is read past, up to so much, for the text's sake. */
const passedOver = 1024 * 1024

/** Without scripts files come with the text: `read` takes the form in, `attach` keeps the files and adds them to the text. */
export function formUploads(deps: FormUploadsDeps): { read: RequestHandler; attach: RequestHandler } {
  const chosen = new WeakMap<Request, Uploads>()
  return {
    async read(req, res, next) {
      if (!isForm(req)) return next()
      const limits = await uploadLimits(deps.db, req.viewer)
      const isTaken = limits !== null && begin(req, res)
      const maxBytes = limits?.fileBytes ?? passedOver
      const most = { field: isTaken ? 'files' : null, maxBytes, maxFiles: mostAtOnce }
      const came = await readUploads(req, deps.files, most)
      res.once('close', () => void came.forget())
      req.body = { ...came.body }
      if (came.fault) req.uploadFault = came.fault
      chosen.set(req, came)
      next()
    },
    async attach(req, _res, next) {
      const came = chosen.get(req)
      if (came && came.files.length > 0) await attach(deps, req, came)
      // Whoever has gone away by now closes nothing any more.
      await came?.forget()
      next()
    },
  }
}

/** Whether this member may send files beside those that are on their way; if not, the form says so. */
function begin(req: Request, res: Response): boolean {
  if (!req.viewer.member) return false
  try {
    res.once('close', beginSending(req.viewer.member.id))
    return true
  } catch (error) {
    req.uploadFault = faultOf(error)
    return false
  }
}

function isForm(req: Request): boolean {
  return req.method === 'POST' && isMultipart(req) && formUploadPaths.some(path => path.test(req.path))
}

/** The text goes on with the files at its end; what cannot be taken is told at the field, and the text stays as it is. */
async function attach({ db, files }: FormUploadsDeps, req: Request, came: Uploads): Promise<void> {
  const { member } = req.viewer
  const limits = await uploadLimits(db, req.viewer)
  if (!member || !limits) return
  try {
    await countUploads(db, member.id, came.files.length)
    const taken = await takeFiles(db, files, { memberId: member.id, limits }, came.files)
    const inWords = ({ bytes }: { readonly bytes: number }) => {
      const { key, args } = sizeInWords(bytes)
      return req.t(key, args)
    }
    const text = typeof req.body.body === 'string' ? req.body.body.trimEnd() : ''
    req.body.body = [text, ...taken.map(one => markdownFor(one, inWords(one)))].filter(Boolean).join('\n\n')
  } catch (error) {
    req.uploadFault = faultOf(error)
  }
}

function faultOf(error: unknown): Message {
  const isOurs = error instanceof Invalid || error instanceof TooMany || error instanceof Unavailable
  if (!isOurs || !(error instanceof Refusal) || !error.reason) throw error
  return error.reason
}
