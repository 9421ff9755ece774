import { Invalid, type Message, msg } from '../../platform/errors.ts'
import type { Hasher } from '../../platform/passwords/index.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { allGroups } from '../groups/index.ts'
import { insertMember, isNameTaken, nameFault, nameKey, takenBy, tidyName } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { isEmail } from './email.ts'
import { passwordFault } from './password-rules.ts'
import { lockAddress } from './queries/addresses.ts'

/** What the actions of this feature work with. */
export interface Accounts {
  readonly db: Db
  readonly hasher: Hasher
}

/** As somebody typed it. */
export interface NewMemberValues {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Checked, and hashed: what may be stored, unless somebody is faster. */
export interface PreparedMember {
  readonly name: string
  readonly email: string
  readonly password_hash: string
}

export interface NewMemberOptions {
  /** Whoever runs the forum may be called Admin. */
  readonly allowReserved?: boolean
  /** The forum's name where it is not stored yet. */
  readonly forumName?: string
}

type Fault = Message | null

/** Name and address as they are kept. Throws Invalid with everything that is wrong with name, e-mail and password. */
export async function checkNewMember(db: Db, typed: NewMemberValues, options: NewMemberOptions = {}) {
  const values = { name: tidyName(typed.name), email: typed.email.trim(), password: typed.password }
  const own = await findFaults(db, values, options)
  const taken = await findTaken(db, values)
  const faults = withoutNulls({ name: own.name ?? taken.name, email: own.email ?? taken.email, password: own.password })
  if (Object.keys(faults).length > 0) throw new Invalid(faults)
  return values
}

/** Throws Invalid, at the field of this name, for what cannot be this member's password. */
export async function demandPassword(
  db: Db,
  password: string,
  { name, email }: { readonly name: string; readonly email: string },
  field: string,
): Promise<void> {
  const { forum_name, password_min_length: least } = await settings(db)
  const fault = passwordFault(password, { least, own: [name, email, email.split('@')[0] ?? '', forum_name] })
  if (fault) throw new Invalid({ [field]: fault })
}

async function findFaults(db: Db, values: NewMemberValues, options: NewMemberOptions) {
  const { forum_name, password_min_length: least } = await settings(db)
  const forumName = options.forumName ?? forum_name
  const { name, email, password } = values
  const own = [name, email, email.split('@')[0] ?? '', forumName]
  return {
    name: faultOfName(name, forumName, options),
    email: isEmail(email) ? null : msg('accounts.email_wrong'),
    password: passwordFault(password, { least, own }),
  }
}

function faultOfName(name: string, forumName: string, options: NewMemberOptions): Fault {
  const posesAsForum = !options.allowReserved && nameKey(name) === nameKey(forumName)
  return nameFault(name, options) ?? (posesAsForum ? msg('members.name_reserved') : null)
}

/** Why this member may not be called so from now on, by the rules for new ones; null: they may. */
export async function whyNotCalled(db: Db, memberId: number, name: string): Promise<Message | null> {
  const fault = faultOfName(name, (await settings(db)).forum_name, {})
  if (fault) return fault
  return (await isNameTaken(db, name, memberId)) ? msg('accounts.name_taken') : null
}

async function findTaken(db: Db, { name, email }: { name: string; email: string }) {
  const taken = await takenBy(db, name, email)
  return {
    name: taken.name ? msg('accounts.name_taken') : null,
    email: taken.email ? msg('accounts.email_taken') : null,
  }
}

function withoutNulls(faults: Record<string, Fault>): Record<string, Message> {
  return Object.fromEntries(Object.entries(faults).flatMap(([name, fault]) => (fault ? [[name, fault]] : [])))
}

/**
 * Stores a member of the group of this kind, whose address is proven already, has to be, or is never asked about.
 * Administrators are made by whoever runs the forum: theirs count as proven. Throws Invalid when name or address were taken in the meantime.
 */
export async function storeMember(
  tx: Tx,
  member: PreparedMember,
  kind: 'members' | 'administrators',
  proof: 'proven' | 'asked' | 'never' = kind === 'administrators' ? 'proven' : 'never',
): Promise<number> {
  const now = Date.now()
  const proofs = {
    email_verified_at: proof === 'proven' ? now : null,
    email_demanded_at: proof === 'asked' ? now : null,
  }
  await lockAddress(tx, member.email)
  const group = (await allGroups(tx)).find(group => group.kind === kind)
  if (!group) throw new Error(`There is no group of the kind ${kind}`)
  const id = await insertMember(tx, { ...member, ...proofs, group_id: group.id }, now)
  if (id === undefined) throw new Invalid(withoutNulls(await findTaken(tx, member)))
  // Somebody may have been given another name at this moment: the former one stays theirs.
  if (await isNameTaken(tx, member.name, id)) throw new Invalid({ name: msg('accounts.name_taken') })
  return id
}
