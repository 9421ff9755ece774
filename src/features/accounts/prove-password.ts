import { Invalid, msg } from '../../platform/errors.ts'
import type { Accounts } from './new-member.ts'
import { type SignInOrigin, signIn } from './sign-in.ts'

/**
 * That whoever came with a link about this account knows its password too; counted like signing in. Throws Invalid
 * (`password`), TooMany, Unavailable.
 */
export async function provePassword(
  accounts: Accounts,
  member: { readonly email: string },
  password: string,
  from: SignInOrigin,
): Promise<void> {
  try {
    await signIn(accounts, { login: member.email, password }, from)
  } catch (refused) {
    if (refused instanceof Invalid) throw new Invalid({ password: msg('accounts.password_wrong') })
    throw refused
  }
}
