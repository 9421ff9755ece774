import { Conflict, msg } from '../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { sendMail } from '../mail/index.ts'
import { memberById } from '../members/index.ts'
import { releaseHeld, removeHeld } from '../posts/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import {
  clearWaiting,
  deleteMember,
  type HeldText,
  hasLeftTraces,
  heldTexts,
  keepRefused,
  type WaitingMember,
  waitingMembers,
} from './queries/waiting.ts'

const mostShown = 100

export interface WaitingAccount extends WaitingMember {
  readonly held: readonly HeldText[]
}

/** Accounts that wait for an administrator, with what their members wrote meanwhile; the oldest first. */
export async function waitingAccounts(db: Db): Promise<WaitingAccount[]> {
  const members = await waitingMembers(db, mostShown)
  const texts = await heldTexts(
    db,
    members.map(({ id }) => id),
  )
  return members.map(member => ({ ...member, held: texts.filter(({ memberId }) => memberId === member.id) }))
}

/**
 * Takes these accounts in and says how many: one that somebody else has decided on stays as it is. What their members
 * wrote appears, and they are told by mail where mail can be sent.
 */
export async function approveAccounts(db: Db, ids: readonly number[]): Promise<number> {
  let approved = 0
  for (const id of ids) {
    const cleared = await inTransaction(db, tx => approve(tx, id))
    if (!cleared) continue
    await releaseHeld(db, id)
    approved++
  }
  return approved
}

async function approve(tx: Tx, id: number): Promise<boolean> {
  if (!(await clearWaiting(tx, id))) return false
  if (canSendMail(await settings(tx))) await sendMail(tx, 'accounts.approved', { memberId: id })
  return true
}

/**
 * Refuses these accounts and says how many: they are deleted for good, with what their members wrote, and those are told
 * the reason by mail where mail can be sent. Throws Conflict for an account of which something is public already.
 */
export async function refuseAccounts(db: Db, ids: readonly number[], reason: string): Promise<number> {
  let refused = 0
  for (const id of ids) if (await inTransaction(db, tx => refuse(tx, id, reason))) refused++
  return refused
}

async function refuse(tx: Tx, id: number, reason: string): Promise<boolean> {
  const member = await memberById(tx, id)
  if (!member || !(await clearWaiting(tx, id))) return false
  await removeHeld(tx, id)
  if (await hasLeftTraces(tx, id)) throw new Conflict(msg('spam.refuse_public', { name: member.name }))
  await deleteMember(tx, id)
  if (!canSendMail(await settings(tx))) return true
  const { name, email, locale } = member
  const refusedId = await keepRefused(tx, { name, email, locale, reason, refused_at: Date.now() })
  await sendMail(tx, 'accounts.refused', { refusedId })
  return true
}
