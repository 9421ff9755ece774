import type { Request, RequestHandler, Response } from 'express'
import { cookieOf, dropCookie, putCookie } from '../../../platform/http/index.ts'
import { isSecret } from '../../../platform/secret.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'
import { whyNot } from '../admit.ts'
import { openInvitation } from '../invitations.ts'
import { mayRegister } from '../policy.ts'
import type { Invitation } from '../queries/invitations.ts'

const longest = 30 * 24 * 60 * 60

/** A guest who came by an invitation may look around and write before they register: for each request, after the viewer. */
export function invitedGuests({ db }: { readonly db: Db }): RequestHandler {
  return async (req, res, next) => {
    const secret = cookieOf(req, 'stoa_invitation')
    if (secret !== undefined && !req.viewer.member) await recognise(db, req, res, secret)
    next()
  }
}

async function recognise(db: Db, req: Request, res: Response, secret: string): Promise<void> {
  if (await openInvitation(db, secret)) req.viewer = { ...req.viewer, invited: true }
  else dropCookie(res, 'stoa_invitation')
}

/** The secret of the invitation that this request brings: in its form, its address or its browser. */
export function invitationOf(req: Request): string | undefined {
  const sources = [req.body?.invitation, req.query.invitation, cookieOf(req, 'stoa_invitation')]
  return sources.find(isSecret)
}

/**
 * Lets this browser hold the invitation in its address, if that is good, and its guest count as invited from now on.
 * Nothing changes but in the browser.
 */
export async function holdInvitation(db: Db, req: Request, res: Response): Promise<void> {
  const secret = req.query.invitation
  const invitation = await openInvitation(db, secret)
  if (!invitation || req.viewer.member) return
  putCookie(res, 'stoa_invitation', String(secret), { seconds: lifetime(invitation) })
  req.viewer = { ...req.viewer, invited: true }
}

function lifetime({ expires_at }: Invitation): number {
  if (expires_at === null) return longest
  return Math.min(longest, Math.max(1, Math.ceil((expires_at - Date.now()) / 1000)))
}

/** Whether whoever asks may register, by what, and else why not. */
export interface WayIn {
  readonly may: boolean
  /** The secret of an invitation that is good. */
  readonly invitation: string | null
  /** A phrase key. */
  readonly why: string
}

export async function wayIn(db: Db, req: Request): Promise<WayIn> {
  const secret = invitationOf(req)
  const invited = (await openInvitation(db, secret)) !== null
  const may = mayRegister({ invited }, await settings(db))
  return { may, invitation: invited && secret ? secret : null, why: whyNot(await settings(db), secret) }
}

/** It has been used. */
export function letGoOfInvitation(req: Request, res: Response): void {
  if (cookieOf(req, 'stoa_invitation') !== undefined) dropCookie(res, 'stoa_invitation')
}
