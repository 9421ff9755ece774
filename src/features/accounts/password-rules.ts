import { type Message, msg } from '../../platform/errors.ts'
import { opaqueString } from '../../platform/passwords/index.ts'
import { isCommonPassword } from './common-password.ts'

/** More than anybody types; nobody shall make us hash a book. */
export const longestPassword = 1000

/** What a password is judged by: the forum's least length, and words that whoever guesses knows already. */
export interface PasswordRules {
  readonly least: number
  readonly own: readonly string[]
}

/** Why this cannot be a password; null when it can. Characters are counted as typed, whatever they are. */
export function passwordFault(password: string, { least, own }: PasswordRules): Message | null {
  const length = [...opaqueString(password)].length
  if (length < least) return msg('accounts.password_short', { least })
  if (length > longestPassword) return msg('accounts.password_long', { most: longestPassword })
  if (isCommonPassword(password, own)) return msg('accounts.password_common')
  return null
}
