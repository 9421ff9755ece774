import { type AccountsDeps, askToSignIn, carriedText } from '../features/accounts/index.ts'
import { takeGuestText } from '../features/claims/index.ts'
import { draftSlots } from '../features/drafts/index.ts'
import type { WritingSlots } from '../features/posts/index.ts'

/** Who takes what guests send, asks people to sign in, and keeps what could not be posted. */
export function writingSlots(accounts: AccountsDeps): WritingSlots {
  const { db } = accounts
  return {
    ...draftSlots(db),
    guestSubmission: (req, res, submission) => takeGuestText(db, req, res, submission),
    askToSignIn: (req, res, carried) => askToSignIn(accounts, req, res, carried),
    carriedText: async (req, place) => (req.viewer.onlooker === undefined ? carriedText(req, place) : null),
  }
}
