import { allow, Forbidden, msg, NotFound, Refusal } from '../../../platform/errors.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { standings } from '../../groups/index.ts'
import { type Member, memberById, type Viewer } from '../../members/index.ts'
import { renewSigned } from '../../sanctions/index.ts'
import { changeMemberGroup } from './change-group.ts'
import { setWaiting } from './queries.ts'

/** What became of something that was done to several members. */
export interface Many {
  readonly done: readonly number[]
  /** What refused the others, each reason once. */
  readonly why: readonly Refusal[]
  readonly missed: number
}

/** Puts them into a group, each for themselves. Throws Invalid where that is no group to be in. */
export async function putIntoGroup(db: Db, viewer: Viewer, ids: readonly number[], groupId: number): Promise<Many> {
  return forEach(ids, async id => void (await changeMemberGroup(db, viewer, id, groupId)))
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
