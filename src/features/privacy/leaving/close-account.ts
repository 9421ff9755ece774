import { Invalid } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { bumpRevisions, type Db, inTransaction, mayTakeAMinute, type Tx } from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import { sendMail } from '../../mail/index.ts'
import { deletedKey, deletedName, isProven, type Member, updateMember } from '../../members/index.ts'
import { mergedDays, sweepMerged } from '../../moderation/index.ts'
import { settings } from '../../settings/index.ts'
import { holdings } from '../holdings.ts'
import { deleteBounces, deleteHeld, insertFarewell, leavingSince, mergedSince } from '../queries/leaving.ts'
import { mayGo, type PostsThen } from './begin-leaving.ts'

/** The job that takes away what a deleted account leaves behind in posts. */
export const remainsJob = 'privacy.remains'

const day = 24 * 60 * 60_000
const atOnce = 100

/** Deletes the accounts whose members asked for it so long ago that nothing takes it back any more. */
export async function closeDueAccounts(db: Db, now = Date.now()): Promise<void> {
  const before = now - (await settings(db)).leave_days * day
  for (const id of await leavingSince(db, before, atOnce))
    await unlessLast(db, id, async (tx, member) => {
      // Whoever signed in meanwhile stays.
      if (member.leaving_at === null || member.leaving_at > before) return
      await closeAccount(tx, member, member.leaving_posts ?? 'keep', 'member')
    })
}

/** The last administrator stays until there is another one, and keeps nobody else. */
async function unlessLast(db: Db, id: number, close: (tx: Tx, member: Member) => Promise<void>): Promise<void> {
  try {
    await inTransaction(db, async tx => close(tx, await mayGo(tx, id)))
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
  }
}

/** Deletes the accounts that were merged into others so long ago that nothing takes it back any more. */
export async function closeMergedAccounts(db: Db, now = Date.now()): Promise<void> {
  const before = now - mergedDays * day
  for (const id of await mergedSince(db, before, atOnce))
    await unlessLast(db, id, async (tx, member) => {
      if (member.merged_at === null || member.merged_at > before) return
      await mayTakeAMinute(tx)
      await sweepMerged(tx, member)
      await closeAccount(tx, member, 'keep', null)
    })
}

/**
 * Deletes an account: from now on nobody can sign in to it, and its row says no more than that somebody was there. What
 * the member wrote is left to a job. They are told so, unless `by` is null. The member was locked, and may go (`mayGo`).
 */
export async function closeAccount(
  tx: Tx,
  member: Member,
  posts: PostsThen,
  by: 'member' | 'staff' | null,
): Promise<void> {
  if (by !== null && isProven(member)) await sayFarewell(tx, member, by)
  for (const { table, column, fate } of holdings) {
    if (fate === 'delete') await deleteHeld(tx, table, column, member.id)
  }
  await deleteBounces(tx, member.email_key)
  await updateMember(tx, member.id, await nobody(tx, member.id))
  await bumpRevisions(tx, 'shell', 'permissions')
  await enqueue(tx, remainsJob, { memberId: member.id, posts }, { key: `${remainsJob}:${member.id}` })
}

async function sayFarewell(tx: Tx, { name, email, locale }: Member, by: 'member' | 'staff'): Promise<void> {
  const by_staff = by === 'staff' ? 1 : 0
  const farewellId = await insertFarewell(tx, { name, email, locale, by_staff, created_at: Date.now() })
  await sendMail(tx, 'privacy.left', { farewellId })
}

/** The row of somebody who is gone. */
async function nobody(tx: Tx, id: number) {
  const group = (await allGroups(tx)).find(({ kind }) => kind === 'members')
  const never = { email_verified_at: null, email_demanded_at: null, pending_at: null, pending_reason: null }
  const nothing = { locale: null, time_zone: null, theme: null, last_seen_at: null, terms_accepted_at: null }
  return {
    ...never,
    ...nothing,
    pending_address: null,
    invitation_id: null,
    terms_version: null,
    name: deletedName,
    name_key: deletedKey(id),
    email: '',
    email_key: deletedKey(id),
    password_hash: '',
    ...(group && { group_id: group.id }),
    leaving_at: null,
    leaving_posts: null,
    deleted_at: Date.now(),
  }
}
