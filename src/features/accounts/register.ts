import { addressKey, limits } from '../../platform/limits/index.ts'
import { inTransaction } from '../../platform/store/index.ts'
import { sendMail } from '../mail/index.ts'
import { emailKey } from '../members/index.ts'
import { type Accepted, noteAccepted } from '../pages/index.ts'
import { type Settings, settings } from '../settings/index.ts'
import { admit, countingLimits, demandWayIn, judgeForm, noteStops, type SentForm } from '../spam/index.ts'
import { type Accounts, checkNewMember, type NewMemberValues, storeMember } from './new-member.ts'
import { demandsProof } from './verify/demands-proof.ts'

/** What a new member typed, and the version of the terms that they accepted. */
export type RegisterValues = NewMemberValues & Partial<Accepted>

/** Where a request comes from. */
export interface Origin {
  /** The network address as the proxies we trust report it. */
  readonly address: string
  /** Every field of the form that was sent; null or absent: there was none. */
  readonly fields?: SentForm['fields']
  /** The key of an address at which they got the link that brought them here: it is theirs. */
  readonly provenEmail?: string | null
  /** The secret of an invitation. */
  readonly invitation?: string | undefined
}

const hour = 3600
/** Mistakes are cheap for us and normal for people; asking which names and addresses are taken is neither. */
const triesForEach = 6

/**
 * Makes a member and says its id; where an address has to be proven, a link is mailed to it. The account waits for an
 * administrator where the forum says so, or when a program may have sent the form. Throws Invalid with everything that
 * is wrong, Forbidden for whom registration is closed, TooMany when this address has made enough of them today,
 * Unavailable when passwords cannot be hashed now.
 */
export async function register({ db, hasher }: Accounts, values: RegisterValues, from: Origin): Promise<number> {
  const rules = await settings(db)
  await demandWayIn(db, from)
  await spendTry(db, rules, from)
  const { address, fields = null } = from
  const suspicions = await judgeForm(db, { kind: 'register', fields, address, name: values.name, email: values.email })
  const { name, email, password } = await checkNewMember(db, values)
  await spendRegistration(db, rules, from)
  const password_hash = await hasher.hashPassword(password)
  const proof = from.provenEmail === emailKey(email) ? 'proven' : demandsProof(rules) ? 'asked' : 'never'
  const id = await inTransaction(db, async tx => {
    const id = await storeMember(tx, { name, email, password_hash }, 'members', proof)
    await admit(tx, id, from, suspicions)
    if (proof === 'asked') await sendMail(tx, 'accounts.verify', { memberId: id })
    if (values.terms != null) await noteAccepted(tx, id, values.terms)
    return id
  })
  await noteStops(db, suspicions)
  return id
}

async function spendTry(db: Accounts['db'], rules: Settings, { address }: Origin): Promise<void> {
  const rule = { points: rules.registrations_per_address * triesForEach, seconds: hour }
  await limits(db).spend('register_try', addressKey(address), rule)
}

async function spendRegistration(db: Accounts['db'], rules: Settings, { address }: Origin): Promise<void> {
  const rule = { points: rules.registrations_per_address, seconds: 24 * hour }
  await countingLimits(db, () => limits(db).spend('register', addressKey(address), rule))
}
