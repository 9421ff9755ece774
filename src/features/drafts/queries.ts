import type { Selectable } from 'kysely'
import { type Db, type DraftsTable, type Given, hotQuery, type Tx } from '../../platform/store/index.ts'

export type Draft = Selectable<DraftsTable>
export type NewDraft = Omit<Draft, 'id'>

/** The drafts of a member, newest first. */
export async function draftsOf(db: Db, memberId: number): Promise<Draft[]> {
  return db
    .selectFrom('drafts')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** A member's own draft. */
export async function draftById(db: Db, memberId: number, id: number): Promise<Draft | undefined> {
  return db.selectFrom('drafts').selectAll().where('id', '=', id).where('member_id', '=', memberId).executeTakeFirst()
}

export async function countDrafts(db: Db, memberId: number): Promise<number> {
  return (await howMany.first(db, { memberId }))?.drafts ?? 0
}

const howMany = hotQuery((db, given: Given<{ memberId: number }>) =>
  db
    .selectFrom('drafts')
    .select(eb => eb.fn.countAll<number>().as('drafts'))
    .where('member_id', '=', given.memberId),
)

/** The draft that says the same for the same place. */
export async function sameDraft(db: Db, draft: NewDraft): Promise<number | undefined> {
  const row = await db
    .selectFrom('drafts')
    .select('id')
    .where('member_id', '=', draft.member_id)
    .where('body', '=', draft.body)
    .where('format', '=', draft.format)
    .where('topic_id', draft.topic_id === null ? 'is' : '=', draft.topic_id)
    .where('forum_id', draft.forum_id === null ? 'is' : '=', draft.forum_id)
    .where('title', draft.title === null ? 'is' : '=', draft.title)
    .where('place', 'is', null)
    .executeTakeFirst()
  return row?.id
}

export async function insertDraft(tx: Tx, draft: NewDraft): Promise<number> {
  const row = await tx.insertInto('drafts').values(draft).returning('id').executeTakeFirstOrThrow()
  return row.id
}

/** False when there is none. */
export async function deleteDraft(db: Db, memberId: number, id: number): Promise<boolean> {
  const row = await db
    .deleteFrom('drafts')
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** All of this member's. */
export async function deleteDrafts(tx: Tx, memberId: number): Promise<void> {
  await tx.deleteFrom('drafts').where('member_id', '=', memberId).execute()
}

/** Of what a member could not post, keeps the newest. */
export async function trimDrafts(tx: Tx, memberId: number, kept: number): Promise<void> {
  const oldest = await tx
    .selectFrom('drafts')
    .select('id')
    .where('member_id', '=', memberId)
    .where('place', 'is', null)
    .orderBy('id', 'desc')
    .offset(kept - 1)
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return
  await tx
    .deleteFrom('drafts')
    .where('member_id', '=', memberId)
    .where('place', 'is', null)
    .where('id', '<', oldest.id)
    .execute()
}
