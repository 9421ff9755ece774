import { Invalid, msg, TooMany } from '../../../platform/errors.ts'
import { addressKey, limits } from '../../../platform/limits/index.ts'
import { hashSecret } from '../../../platform/secret.ts'
import type { Db } from '../../../platform/store/index.ts'
import { isEmail } from '../../accounts/index.ts'
import { isMailStopped } from '../../mail/index.ts'
import { emailKey } from '../../members/index.ts'
import { canSendMail, type Settings, settings } from '../../settings/index.ts'
import type { Claim } from '../queries.ts'
import { countMailedTo } from './queries.ts'

const hour = 60 * 60
const day = 24 * hour

/** Where a guest wants the link to a claim, and whether it is mailed there. */
export type MailColumns = Pick<Claim, 'email' | 'email_key' | 'mailed_at'>

const noMail: MailColumns = { email: null, email_key: null, mailed_at: null }

/**
 * The columns of a claim for the address that a guest typed. A link is mailed there once a day at most, not while too
 * many of its claims are open, not when whoever reads there does not want that, and not when this network address, or
 * the whole forum this hour, has had too many mailed. Throws Invalid (`email`) for what is no address.
 */
export async function mailColumns(db: Db, typed: string, from: string): Promise<MailColumns> {
  const email = typed.trim()
  const rules = await settings(db)
  if (email === '' || !canSendMail(rules)) return noMail
  if (!isEmail(email)) throw new Invalid({ email: msg('claims.email_wrong') })
  const key = emailKey(email)
  const granted = await mayMail(db, email, key, addressKey(from), rules)
  return { email, email_key: key, mailed_at: granted ? Date.now() : null }
}

/** Counted by network address whether the claim is kept in the end or discarded: else one guest could use up the forum's mails. */
async function mayMail(db: Db, email: string, key: string, from: string, rules: Settings): Promise<boolean> {
  if (await isMailStopped(db, email, 'claims')) return false
  if ((await countMailedTo(db, key, Date.now())) >= rules.claims_per_email) return false
  if (!(await isSpent(db, 'claim_mails_from', from, { points: rules.claims_per_address, seconds: day }))) return false
  return spendMail(db, 'claim_mail', key, rules)
}

/** Counts one mail of this kind to the address, which gets one a day, and one of the forum's in this hour. */
export async function spendMail(
  db: Db,
  kind: 'claim_mail' | 'claim_reminder',
  key: string,
  { claim_mails_per_hour: points }: Pick<Settings, 'claim_mails_per_hour'>,
): Promise<boolean> {
  const address = hashSecret(key)
  if (!(await isSpent(db, kind, address, { points: 1, seconds: day }))) return false
  if (await isSpent(db, 'claim_mails', 'all', { points, seconds: hour })) return true
  await limits(db).reward(kind, address)
  return false
}

async function isSpent(db: Db, name: string, key: string, rule: { points: number; seconds: number }): Promise<boolean> {
  try {
    await limits(db).spend(name, key, rule)
    return true
  } catch (refused) {
    if (refused instanceof TooMany) return false
    throw refused
  }
}
