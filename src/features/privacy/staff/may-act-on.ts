import { allow, Forbidden, msg, NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { standings } from '../../groups/index.ts'
import { type Member, memberById, type Viewer } from '../../members/index.ts'

/** The member, whose account an administrator may look after. Throws NotFound, Forbidden for equal or higher standing. */
export async function memberInCare(db: Db, viewer: Viewer, id: number): Promise<Member> {
  if (!viewer.admin) throw new NotFound()
  const member = await memberById(db, id)
  if (!member || member.deleted_at !== null) throw new NotFound()
  if (viewer.member?.id === id) return member
  allow((await standings(db))(member) < viewer.standing, new Forbidden(msg('privacy.equal_standing')))
  return member
}
