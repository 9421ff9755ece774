import type { Request, RequestHandler, Response } from 'express'
import { Forbidden, Invalid, type Message, msg, Refusal, TooMany, Unavailable } from '../../../platform/errors.ts'
import { isMultipart, readUploads } from '../../../platform/files/index.ts'
import { countUploads, mostAtOnce, uploadLimits } from '../limits.ts'
import { beginSending } from '../sending.ts'
import { KindRefused, type Owner, TooBig, takeFiles } from '../take-files.ts'
import { asUploaded } from '../uploaded.ts'
import type { ServeDeps } from './serve.ts'

/** POST: keeps the files and says where they are, as JSON; whatever is wrong is said as JSON too. */
export function takeUploads(deps: Pick<ServeDeps, 'db' | 'files'>): RequestHandler {
  return async (req, res) => {
    res.set('Cache-Control', 'no-store')
    try {
      res.status(201).json({ files: await upload(deps, req) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refuse(req, res, error)
    }
  }
}

async function upload({ db, files }: Pick<ServeDeps, 'db' | 'files'>, req: Request) {
  const { member } = req.viewer
  const limits = await uploadLimits(db, req.viewer)
  if (!member || !limits) throw new Forbidden(msg(member ? 'attachments.not_allowed' : 'attachments.sign_in'))
  if (!isMultipart(req)) throw new Invalid({ file: msg('files.missing') })
  const end = beginSending(member.id)
  try {
    await countUploads(db, member.id, 1)
    return await takeSent({ db, files }, req, { memberId: member.id, limits })
  } finally {
    end()
  }
}

async function takeSent({ db, files }: Pick<ServeDeps, 'db' | 'files'>, req: Request, owner: NonNullable<Owner>) {
  const { memberId, limits } = owner
  const came = await readUploads(req, files, { field: 'file', maxBytes: limits.fileBytes, maxFiles: mostAtOnce })
  try {
    if (came.fault) throw faultOf(came.fault)
    if (came.files.length === 0) throw new Invalid({ file: msg('files.missing') })
    if (came.files.length > 1) await countUploads(db, memberId, came.files.length - 1)
    return (await takeFiles(db, files, owner, came.files)).map(asUploaded)
  } finally {
    await came.forget()
  }
}

function faultOf(fault: Message): Invalid {
  return fault.key === 'files.too_big' ? new TooBig({ file: fault }) : new Invalid({ file: fault })
}

function refuse(req: Request, res: Response, refusal: Refusal): void {
  if (refusal instanceof TooMany || refusal instanceof Unavailable) res.set('Retry-After', String(refusal.retryAfter))
  const reason = refusal.reason ?? msg('attachments.not_now')
  res.status(statusOf(refusal)).json({ error: req.t(reason.key, reason.args) })
}

function statusOf(refusal: Refusal): number {
  if (refusal instanceof TooBig) return 413
  return refusal instanceof KindRefused ? 415 : refusal.status
}
