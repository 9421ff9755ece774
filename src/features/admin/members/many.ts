import { allow, Forbidden, msg, NotFound, Refusal } from '../../../platform/errors.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { type Group, standings } from '../../groups/index.ts'
import { type Member, memberById, type Viewer } from '../../members/index.ts'
import { renewSigned } from '../../sanctions/index.ts'
import { logDeed, type MemberChange } from '../log/entry.ts'
import { holdGroups, regroup } from './change-group.ts'
import { setWaiting } from './queries.ts'

/** What became of something that was done to several members. */
export interface Many {
  readonly done: readonly number[]
  /** What refused the others, each reason once. */
  readonly why: readonly Refusal[]
  readonly missed: number
}

/** What was done together, with the entry of the log that takes all of it back; null: nothing was changed. */
export interface Regrouping extends Many {
  readonly entry: number | null
}

/** Puts them into a group, all who may be, and writes that down once. */
export async function putIntoGroup(
  db: Db,
  viewer: Viewer,
  ids: readonly number[],
  group: Pick<Group, 'id' | 'name'>,
): Promise<Regrouping> {
  return inTransaction(db, async tx => {
    await holdGroups(tx)
    const changes: MemberChange[] = []
    const many = await forEach(
      [...ids].sort((one, other) => one - other),
      async id => {
        const { member } = await regroup(tx, viewer, id, group.id)
        if (member.group_id !== group.id) changes.push({ member: id, from: member.group_id, to: group.id })
      },
    )
    if (changes.length === 0) return { ...many, entry: null }
    const message = msg('admin.many_grouped', { count: many.done.length, group: group.name })
    const by = viewer.member?.id ?? 0
    return { ...many, entry: await logDeed(tx, { by, path: '/admin/members', message, changes }) }
  })
}

/**
 * Lets their accounts wait for an administrator, as new ones may: what they write meanwhile is kept back. One that waits
 * already goes on waiting.
 */
export async function sendToApproval(db: Db, viewer: Viewer, ids: readonly number[]): Promise<Many> {
  return forEach(ids, async id => {
    await memberInReach(db, viewer, id)
    await inTransaction(db, async tx => {
      if (await setWaiting(tx, id, 'admin.waits_again', Date.now())) await renewSigned(tx, id)
    })
  })
}

/**
 * The member, if this administrator may change their account. Throws NotFound, and Forbidden for oneself and for equal or
 * higher standing.
 */
export async function memberInReach(db: Db, viewer: Viewer, id: number): Promise<Member> {
  const member = await memberById(db, id)
  if (!member || member.deleted_at !== null) throw new NotFound()
  allow((await standings(db))(member) < viewer.standing, new Forbidden(msg('admin.equal_standing')))
  return member
}

async function forEach(ids: readonly number[], act: (id: number) => Promise<void>): Promise<Many> {
  const done: number[] = []
  const why: Refusal[] = []
  for (const id of ids) {
    try {
      await act(id)
      done.push(id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (!why.some(known => sentenceOf(known) === sentenceOf(error))) why.push(error)
    }
  }
  return { done, why, missed: ids.length - done.length }
}

function sentenceOf({ name, reason }: Refusal): string {
  return JSON.stringify([name, reason])
}
