import { Invalid, msg, Unavailable } from '../../platform/errors.ts'
import { addressKey, type Counter, limits } from '../../platform/limits/index.ts'
import { hashSecret } from '../../platform/secret.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import {
  emailKey,
  isOpenAccount,
  lockMember,
  type Member,
  memberByLogin,
  nameKey,
  updateMember,
} from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { isKnownBrowser } from './known-browser.ts'
import type { Accounts } from './new-member.ts'
import type { Origin } from './register.ts'

export interface SignInValues {
  /** Display name or e-mail address. */
  readonly login: string
  readonly password: string
}

export interface SignInOrigin extends Origin {
  /** What the browser holds as proof of having signed in before. */
  readonly knownBrowser: string | undefined
}

/** Failures are forgotten after so many seconds. */
export const failuresLastSeconds = 15 * 60

/**
 * The id of the member whose name or address and password these are. Throws Invalid, the same whether nobody is called
 * so or the password is wrong, and only then that the account was closed; TooMany after too many failures; Unavailable when passwords cannot be checked now.
 */
export async function signIn({ db, hasher }: Accounts, values: SignInValues, from: SignInOrigin): Promise<number> {
  const member = await memberByLogin(db, values.login)
  const known = await isKnownBrowser(db, member?.id, from.knownBrowser)
  const giveBack = await spendTry(db, values.login, from, known)
  const right = await hasher.verifyPassword(values.password, member?.password_hash, { first: known })
  if (!member || !right || !(await isStillRight({ db, hasher }, member, values.password)))
    throw new Invalid({ '': msg('accounts.sign_in_wrong') })
  await giveBack()
  if (hasher.needsRehash(member.password_hash)) await renewHash({ db, hasher }, member, values.password)
  if (!isOpenAccount(member)) throw new Invalid({ '': msg('accounts.closed') })
  return member.id
}

/**
 * Checking takes time, in which the owner may have changed the password to shut somebody out. Waits for whoever is changing
 * it; a hash that was only renewed is checked again.
 */
async function isStillRight({ db, hasher }: Accounts, { id, password_hash }: Member, password: string) {
  const now = await inTransaction(db, tx => lockMember(tx, id))
  return now?.password_hash === password_hash || hasher.verifyPassword(password, now?.password_hash)
}

/**
 * Counts a try, before it is known to fail, so that many at once count too; gives the way to take it back. A browser
 * that has signed in to this account before has a counter of its own, so that nobody else can use it up. Counted is what
 * was typed, not whom it means: else the counter would tell which name and which address belong together.
 */
async function spendTry(db: Db, login: string, from: SignInOrigin, known: boolean): Promise<() => Promise<void>> {
  const rules = await settings(db)
  const account = loginKey(login)
  const byAccount = { points: rules.sign_in_tries_account, seconds: failuresLastSeconds }
  const byAddress = { points: rules.sign_in_tries_address, seconds: failuresLastSeconds }
  const own: Counter[] = [['sign_in_browser', `${account}${hashSecret(from.knownBrowser ?? '')}`, byAccount]]
  const shared: Counter[] = [
    ['sign_in_address', addressKey(from.address), byAddress],
    ['sign_in_account', account, byAccount],
  ]
  const counters = known ? own : shared
  await limits(db).spendEach(counters)
  return () => limits(db).rewardEach(counters)
}

/** Under which key tries for this name or address are counted. */
export function loginKey(login: string): string {
  return hashSecret(login.includes('@') ? emailKey(login) : nameKey(login)).slice(0, 32)
}

/** The cost of hashes was changed. There is time for that at another sign-in when there is none now. */
async function renewHash({ db, hasher }: Accounts, member: Member, password: string): Promise<void> {
  try {
    const password_hash = await hasher.hashPassword(password)
    await inTransaction(db, async tx => {
      const now = await lockMember(tx, member.id)
      // Somebody may have set another password meanwhile, which must stay.
      if (now?.password_hash === member.password_hash) await updateMember(tx, member.id, { password_hash })
    })
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
  }
}
