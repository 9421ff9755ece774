import type { Insertable, Selectable } from 'kysely'
import {
  bumpRevisions,
  type Db,
  type Given,
  hotQuery,
  type SanctionsTable,
  type Tx,
} from '../../../platform/store/index.ts'
import type { SanctionKind, Standing } from '../state.ts'

export type Sanction = Selectable<SanctionsTable>

/** What holds this member back at this moment. */
export async function standingOver(db: Db, memberId: number, now: number): Promise<Standing[]> {
  return inForce(db, { memberId, now })
}

const inForce = hotQuery((db, given: Given<{ memberId: number; now: number }>) =>
  db
    .selectFrom('sanctions')
    .select(['kind', 'reason', 'ends_at as until'])
    .where('member_id', '=', given.memberId)
    .where(eb =>
      eb.or([
        eb.and([eb('kind', '=', 'warning'), eb('acknowledged_at', 'is', null)]),
        eb.and([
          eb('kind', '!=', 'warning'),
          eb('ended_at', 'is', null),
          eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', given.now)]),
        ]),
      ]),
    ),
)

/** Writes one down; its id. */
export async function insertSanction(tx: Tx, sanction: Insertable<SanctionsTable>): Promise<number> {
  const row = await tx.insertInto('sanctions').values(sanction).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function sanctionById(db: Db, id: number): Promise<Sanction | undefined> {
  return db.selectFrom('sanctions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** As if it had never been, with what followed from it. */
export async function deleteSanction(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('sanctions').where('cause_id', '=', id).execute()
  await tx.deleteFrom('sanctions').where('id', '=', id).execute()
}

/** Bans and restrictions of this member that stand; warnings end by themselves. */
export async function standingRows(db: Db, memberId: number, kinds: readonly SanctionKind[]): Promise<Sanction[]> {
  return db
    .selectFrom('sanctions')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('kind', 'in', [...kinds])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
}

export async function setEnded(tx: Tx, ids: readonly number[], at: number | null): Promise<void> {
  await tx
    .updateTable('sanctions')
    .set({ ended_at: at })
    .where('id', 'in', [...ids])
    .execute()
}

/** Warnings of this member whose points count at this moment. */
export async function countedWarnings(db: Db, memberId: number, now: number): Promise<Sanction[]> {
  return db
    .selectFrom('sanctions')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('kind', '=', 'warning')
    .where(eb => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .execute()
}

/** Everything about this member, the newest first. */
export async function sanctionsOf(db: Db, memberId: number) {
  return db
    .selectFrom('sanctions')
    .leftJoin('members as moderators', 'moderators.id', 'sanctions.imposed_by_id')
    .selectAll('sanctions')
    .select('moderators.name as by_name')
    .where('sanctions.member_id', '=', memberId)
    .orderBy('sanctions.id', 'desc')
    .execute()
}

/** Since when anything stands over this member; undefined: nothing does. */
export async function firstStanding(tx: Tx, memberId: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('sanctions')
    .select(eb => eb.fn.min('created_at').as('at'))
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('kind', '!=', 'warning'), eb('acknowledged_at', 'is', null)]))
    .executeTakeFirst()
  return row?.at ?? undefined
}

export async function setMark(tx: Tx, memberId: number, at: number | null): Promise<void> {
  await tx.updateTable('members').set({ sanctioned_at: at }).where('id', '=', memberId).execute()
  await renewSigned(tx, memberId)
}

/** Makes cached pages stale on which a signature of this member stands, or does from now on. */
export async function renewSigned(tx: Tx, memberId: number): Promise<void> {
  const signed = tx.selectFrom('signatures').select('member_id').where('member_id', '=', memberId)
  if (await signed.executeTakeFirst()) await bumpRevisions(tx, 'shell')
}

/** The member says that they have read it; false: it is none of theirs, or they said so before. */
export async function acknowledge(tx: Tx, memberId: number, id: number, at: number): Promise<boolean> {
  const row = await tx
    .updateTable('sanctions')
    .set({ acknowledged_at: at })
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .where('kind', '=', 'warning')
    .where('acknowledged_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What the member says to a warning; false: it is none of theirs, or they gave another answer before. */
export async function answerWarning(tx: Tx, memberId: number, id: number, text: string, at: number): Promise<boolean> {
  const row = await tx
    .updateTable('sanctions')
    .set({ answer: text, answered_at: at })
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .where('kind', '=', 'warning')
    .where(eb => eb.or([eb('answered_at', 'is', null), eb('answer', '=', text)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Bans and restrictions whose time is over and of which nobody has said so. */
export async function overdue(db: Db, now: number, most: number): Promise<{ id: number; member_id: number }[]> {
  return db
    .selectFrom('sanctions')
    .select(['id', 'member_id'])
    .where('kind', '!=', 'warning')
    .where('ended_at', 'is', null)
    .where('ends_at', '<=', now)
    .orderBy('id')
    .limit(most)
    .execute()
}
