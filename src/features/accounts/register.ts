import { Forbidden, msg } from '../../platform/errors.ts'
import { addressKey, limits } from '../../platform/limits/index.ts'
import { inTransaction } from '../../platform/store/index.ts'
import { type Accepted, noteAccepted } from '../pages/index.ts'
import { type Settings, settings } from '../settings/index.ts'
import { type Accounts, checkNewMember, type NewMemberValues, storeMember } from './new-member.ts'

/** What a new member typed, and the version of the terms that they accepted. */
export type RegisterValues = NewMemberValues & Partial<Accepted>

/** Where a request comes from. */
export interface Origin {
  /** The network address as the proxies we trust report it. */
  readonly address: string
}

const hour = 3600
/** Mistakes are cheap for us and normal for people; asking which names and addresses are taken is neither. */
const triesForEach = 6

/**
 * Makes a member and says its id. Throws Invalid with everything that is wrong, Forbidden while registration is closed,
 * TooMany when this address has made enough of them today, Unavailable when passwords cannot be hashed now.
 */
export async function register({ db, hasher }: Accounts, values: RegisterValues, from: Origin): Promise<number> {
  const rules = await settings(db)
  if (!rules.registration_open) throw new Forbidden(msg('accounts.registration_closed'))
  await spendTry(db, rules, from)
  const { name, email, password } = await checkNewMember(db, values)
  await spendRegistration(db, rules, from)
  const password_hash = await hasher.hashPassword(password)
  return inTransaction(db, async tx => {
    const id = await storeMember(tx, { name, email, password_hash }, 'members')
    if (values.terms != null) await noteAccepted(tx, id, values.terms)
    return id
  })
}

async function spendTry(db: Accounts['db'], rules: Settings, { address }: Origin): Promise<void> {
  const rule = { points: rules.registrations_per_address * triesForEach, seconds: hour }
  await limits(db).spend('register_try', addressKey(address), rule)
}

async function spendRegistration(db: Accounts['db'], rules: Settings, { address }: Origin): Promise<void> {
  const rule = { points: rules.registrations_per_address, seconds: 24 * hour }
  await limits(db).spend('register', addressKey(address), rule)
}
