import type { Selectable } from 'kysely'
import type { Db, MembersTable, RefusedAccountsTable, Tx } from '../../../platform/store/index.ts'
import { renewSigned } from '../../sanctions/index.ts'

export type WaitingMember = Pick<
  Selectable<MembersTable>,
  'id' | 'name' | 'email' | 'joined_at' | 'pending_at' | 'pending_reason' | 'pending_address' | 'invitation_id'
>

/** Accounts that wait, the oldest first. */
export async function waitingMembers(db: Db, limit: number): Promise<WaitingMember[]> {
  return db
    .selectFrom('members')
    .select(['id', 'name', 'email', 'joined_at', 'pending_at', 'pending_reason', 'pending_address', 'invitation_id'])
    .where('pending_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('pending_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function countWaiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('members')
    .select(eb => eb.fn.countAll<number>().as('waiting'))
    .where('pending_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.waiting)
}

export interface HeldText {
  readonly memberId: number | null
  readonly topicId: number
  readonly title: string
  readonly text: string
  readonly postId: number
}

/** What they wrote and nobody sees yet: replies, and the posts that open their topics. */
export async function heldTexts(db: Db, memberIds: readonly number[]): Promise<HeldText[]> {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select(['posts.member_id as memberId', 'topics.id as topicId', 'topics.title', 'posts.text', 'posts.id as postId'])
    .where('posts.member_id', 'in', [...memberIds])
    .where(eb => eb.or([eb('posts.pending_at', 'is not', null), eb('topics.pending_at', 'is not', null)]))
    .where('posts.deleted_at', 'is', null)
    .orderBy('posts.id')
    .limit(500)
    .execute()
}

/** Lets the account wait no longer; false when it does not wait (any more). */
export async function clearWaiting(tx: Tx, id: number): Promise<boolean> {
  const row = await tx
    .updateTable('members')
    .set({ pending_at: null, pending_reason: null, pending_address: null })
    .where('id', '=', id)
    .where('pending_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (row) await renewSigned(tx, id)
  return row !== undefined
}

/** Does anything public, or an act, bear this member's name? */
export async function hasLeftTraces(tx: Tx, id: number): Promise<boolean> {
  const row = await tx
    .selectNoFrom(eb => [
      eb.exists(eb.selectFrom('posts').select('id').where('member_id', '=', id)).as('posts'),
      eb.exists(eb.selectFrom('topics').select('id').where('member_id', '=', id)).as('topics'),
      eb.exists(eb.selectFrom('moderation_log').select('id').where('member_id', '=', id)).as('acts'),
      eb.exists(eb.selectFrom('post_versions').select('id').where('replaced_by_id', '=', id)).as('edits'),
    ])
    .executeTakeFirstOrThrow()
  return Boolean(row.posts || row.topics || row.acts || row.edits)
}

export async function deleteMember(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('proposed_edits').where('member_id', '=', id).execute()
  await tx.deleteFrom('members').where('id', '=', id).execute()
}

type Refused = Selectable<RefusedAccountsTable>

export async function keepRefused(tx: Tx, refused: Omit<Refused, 'id'>): Promise<number> {
  const row = await tx.insertInto('refused_accounts').values(refused).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function refusedById(db: Db, id: number): Promise<Refused | undefined> {
  return db.selectFrom('refused_accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function deleteRefused(db: Db, before: number): Promise<void> {
  await db.deleteFrom('refused_accounts').where('refused_at', '<', before).execute()
}
