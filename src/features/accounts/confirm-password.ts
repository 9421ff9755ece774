import { limits } from '../../platform/limits/index.ts'
import { memberById } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import type { Accounts } from './new-member.ts'
import { failuresLastSeconds } from './sign-in.ts'

/**
 * Whether this is the password of a member who is signed in: asked again before what cannot be undone. Throws TooMany
 * after too many failures, Unavailable when passwords cannot be checked now.
 */
export function confirmPassword({ db, hasher }: Accounts) {
  return async (memberId: number, password: string): Promise<boolean> => {
    const { sign_in_tries_account: points } = await settings(db)
    const key = String(memberId)
    await limits(db).spend('confirm_password', key, { points, seconds: failuresLastSeconds })
    const member = await memberById(db, memberId)
    const right = await hasher.verifyPassword(password, member?.password_hash, { first: true })
    if (right) await limits(db).reward('confirm_password', key)
    return right
  }
}
