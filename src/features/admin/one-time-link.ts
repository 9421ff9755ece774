import { allow, Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { handLink } from '../accounts/index.ts'
import { standings } from '../groups/index.ts'
import { type Member, memberById, type Viewer } from '../members/index.ts'
import { type ConfirmPassword, logMemberAct } from '../moderation/index.ts'
import { settings } from '../settings/index.ts'

export interface LinkOrder {
  /** For whom. */
  readonly memberId: number
  /** The administrator's own. */
  readonly password: string
}

/**
 * A link to be handed to somebody who gets no mail: it sets a new password for their account, once, within a day. It is
 * written in the log, and the member is told. Throws NotFound, Forbidden for someone of equal or higher standing other
 * than oneself, Invalid, TooMany after too many wrong passwords.
 */
export async function makeOneTimeLink(
  db: Db,
  viewer: Viewer,
  { memberId, password }: LinkOrder,
  confirmPassword: ConfirmPassword,
): Promise<string> {
  const by = viewer.member
  const member = await memberById(db, memberId)
  if (!by || !member || member.deleted_at !== null) throw new NotFound()
  allow(by.id === memberId || (await standsBelow(db, member, viewer)), msg('admin.equal_standing'))
  const { base_url } = await settings(db)
  if (base_url === '') throw new Invalid({ '': msg('admin.link_no_address') })
  if (!(await confirmPassword(by.id, password))) throw new Invalid({ password: msg('accounts.password_wrong') })
  return inTransaction(db, async tx => {
    await logMemberAct(tx, { act: 'make_link', memberId, by: by.id })
    return base_url + (await handLink(tx, memberId, by.name))
  })
}

async function standsBelow(db: Db, member: Member, viewer: Viewer): Promise<boolean> {
  return (await standings(db))(member) < viewer.standing
}
