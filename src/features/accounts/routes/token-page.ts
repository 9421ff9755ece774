import type { Request } from 'express'
import { SignInNeeded } from '../../../platform/errors.ts'
import type { PageMeta } from '../../../platform/http/index.ts'
import type { ViewerMember } from '../../members/index.ts'

/** What a page says of itself whose address, or what stands on it, is nobody else's business. */
export function privateMeta(req: Request, title: string): PageMeta {
  return { title: req.t(title), noindex: true, noStore: true, narrow: true }
}

/** The same of a page below one's own account. */
export function accountMeta(req: Request, title: string): PageMeta {
  return { ...privateMeta(req, title), breadcrumb: [{ href: '/account/', text: req.t('accounts.account') }] }
}

/** Who comes with a link about this account: its owner, signed in; somebody else who is signed in; or nobody known. */
export function whoComes(req: Request, memberId: number): 'owner' | 'other' | 'guest' {
  if (!req.viewer.member) return 'guest'
  return req.viewer.member.id === memberId ? 'owner' : 'other'
}

/** Whoever is signed in. Throws SignInNeeded. */
export function demandMember(req: Request): ViewerMember {
  if (!req.viewer.member) throw new SignInNeeded()
  return req.viewer.member
}
