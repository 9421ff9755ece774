import { Forbidden, Invalid, msg, NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { allGroups, type Group, standings } from '../../groups/index.ts'
import { imaginedViewer, loadViewer, type Member, memberById, memberByLogin, type Viewer } from '../../members/index.ts'

/** With whose eyes an administrator looks at the forum, and until when (epoch ms). */
export interface Viewing {
  readonly kind: 'group' | 'member'
  readonly id: number
  readonly until: number
}

export interface ViewChoice {
  readonly who: 'group' | 'member'
  readonly group: number | ''
  readonly member: string
}

/** Groups with whose eyes somebody can look: those who administer see everything anyway. */
export async function groupsToViewAs(db: Db): Promise<Group[]> {
  return (await allGroups(db)).filter(({ kind }) => kind !== 'administrators')
}

/**
 * Whom the form names, with the name that it has. Throws Invalid when there is no such group or member; Forbidden for
 * somebody of equal or higher standing.
 */
export async function chosenView(db: Db, viewer: Viewer, choice: ViewChoice): Promise<Omit<Viewing, 'until'> & Named> {
  if (choice.who === 'group') {
    const group = (await groupsToViewAs(db)).find(({ id }) => id === choice.group)
    if (!group) throw new Invalid({ group: msg('admin.group_missing') })
    return { kind: 'group', id: group.id, name: group.name }
  }
  const member = choice.member ? await memberByLogin(db, choice.member) : undefined
  if (!member || member.deleted_at !== null) throw new Invalid({ member: msg('admin.member_missing') })
  if (!(await standsBelow(db, member, viewer))) throw new Forbidden(msg('admin.equal_standing'))
  return { kind: 'member', id: member.id, name: member.name }
}

interface Named {
  readonly name: string
}

/** Whose eyes these are, while they can be lent. Throws NotFound for a group or member that is gone or stands too high by now. */
export async function lentEyes(db: Db, own: Viewer, { kind, id }: Viewing): Promise<Viewer & Named> {
  const onlooker = own.member?.id ?? 0
  if (kind === 'group') {
    const group = (await groupsToViewAs(db)).find(one => one.id === id)
    if (!group) throw new NotFound()
    return { ...(await imaginedViewer(db, group)), ...reading(own), onlooker, name: group.name }
  }
  const member = await memberById(db, id)
  const viewer = await loadViewer(db, id, '')
  if (!member || !viewer.member || viewer.admin || !(await standsBelow(db, member, own))) throw new NotFound()
  return { ...viewer, ...reading(own), onlooker, name: member.name }
}

/** Words and times stay those of whoever looks. */
function reading({ address, locale, timeZone, theme }: Viewer) {
  return { address, locale, timeZone, theme }
}

async function standsBelow(db: Db, member: Member, viewer: Viewer): Promise<boolean> {
  return (await standings(db))(member) < viewer.standing
}
