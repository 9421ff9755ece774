import { Invalid, Refusal } from '../../platform/errors.ts'
import { memberById, memberByLogin, nameKey } from '../members/index.ts'
import type { Accounts, NewMemberValues } from './new-member.ts'
import { type Origin, type RegisterValues, register } from './register.ts'
import { type SignInOrigin, signIn } from './sign-in.ts'

/** Like `register`, and when "Register" was pressed twice, the account that the first press has made by now. */
export async function registerOnce(
  deps: Accounts,
  values: RegisterValues,
  from: Origin & SignInOrigin,
): Promise<number> {
  try {
    return await register(deps, values, from)
  } catch (refused) {
    const id = refused instanceof Invalid && areTaken(refused) ? await registeredBefore(deps, values, from) : null
    if (id === null) throw refused
    return id
  }
}

/**
 * Whoever knows the name, the address and the password of an account is its owner. null: it is nobody's, or somebody else's.
 * The password is checked for any address that is somebody's: else the time would tell which name and which address belong
 * together. That an address is somebody's the form says anyway.
 */
export async function registeredBefore(
  deps: Accounts,
  { name, email, password }: NewMemberValues,
  from: SignInOrigin,
): Promise<number | null> {
  if (!(await memberByLogin(deps.db, email))) return null
  try {
    const id = await signIn(deps, { login: email, password }, from)
    const member = await memberById(deps.db, id)
    return member && nameKey(member.name) === nameKey(name) ? id : null
  } catch (refused) {
    if (refused instanceof Refusal) return null
    throw refused
  }
}

/** Nothing is wrong but that somebody has this name, this address or both. */
function areTaken({ errors }: Invalid): boolean {
  return Object.values(errors).every(({ key }) => key.endsWith('_taken'))
}
