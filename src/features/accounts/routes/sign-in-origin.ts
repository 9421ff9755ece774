import type { Request } from 'express'
import { addressOf, cookieOf } from '../../../platform/http/index.ts'
import type { SignInOrigin } from '../sign-in.ts'

/** Where a request that has to do with a password comes from. */
export function signInOriginOf(req: Request): SignInOrigin {
  return { address: addressOf(req), knownBrowser: cookieOf(req, 'stoa_known') }
}
