import type { Insertable, Selectable } from 'kysely'
import type { Db, InvitationsTable, Tx } from '../../../platform/store/index.ts'

export type Invitation = Selectable<InvitationsTable>

export async function insertInvitation(db: Db, invitation: Insertable<InvitationsTable>): Promise<void> {
  await db.insertInto('invitations').values(invitation).execute()
}

/** The invitation of this secret while it is good. */
export async function openInvitationByHash(db: Db, hash: string, now: number): Promise<Invitation | undefined> {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('hash', '=', hash)
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where(eb => eb.or([eb('most_uses', 'is', null), eb('most_uses', '>', eb.ref('uses'))]))
    .executeTakeFirst()
}

/** Uses it once more and gives its id; undefined when it is used up, over or ended. Of several at once each counts. */
export async function useInvitation(tx: Tx, hash: string, now: number): Promise<number | undefined> {
  const row = await tx
    .updateTable('invitations')
    .set(eb => ({ uses: eb('uses', '+', 1) }))
    .where('hash', '=', hash)
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .where(eb => eb.or([eb('most_uses', 'is', null), eb('most_uses', '>', eb.ref('uses'))]))
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** False when it had ended already. */
export async function endInvitation(db: Db, id: number, now: number): Promise<boolean> {
  const row = await db
    .updateTable('invitations')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The newest first. */
export async function listInvitations(db: Db): Promise<Invitation[]> {
  return db.selectFrom('invitations').selectAll().orderBy('id', 'desc').limit(500).execute()
}

/** Who came by them. */
export async function membersInvited(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('members')
    .select(['id', 'name', 'invitation_id'])
    .where('invitation_id', 'in', [...ids])
    .orderBy('id')
    .execute()
}
