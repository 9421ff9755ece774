import type { RawBuilder } from 'kysely'
import { type Db, type Given, hotQuery, type Tx } from '../../../platform/store/index.ts'
import type { KeptText } from '../../posts/index.ts'
import type { Draft, NewDraft } from '../queries.ts'

/** What a member is typing at a place, as it was saved last. */
export const typedDraft = hotQuery((db, given: Given<{ memberId: number; place: string }>) =>
  db.selectFrom('drafts').selectAll().where('member_id', '=', given.memberId).where('place', '=', given.place),
)

export function keptOf({ title, prefix_id: prefix, body, format, created_at: at }: Draft): KeptText {
  return { title, prefix, body, format, at }
}

type TypedText = Pick<NewDraft, 'member_id' | 'place' | 'title' | 'prefix_id' | 'body' | 'format' | 'created_at'>

/** Writes over what was saved at exactly this time; false when that is no longer what is there. */
export async function replaceTyped(tx: Tx, savedAt: number, text: TypedText): Promise<boolean> {
  const { title, prefix_id, body, format, created_at } = text
  const row = await tx
    .updateTable('drafts')
    .set({ title, prefix_id, body, format, created_at })
    .where('member_id', '=', text.member_id)
    .where('place', '=', text.place)
    .where('created_at', '=', savedAt)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** False when something is saved there already. */
export async function insertTyped(tx: Tx, draft: NewDraft): Promise<boolean> {
  const row = await tx
    .insertInto('drafts')
    .values(draft)
    .onConflict(conflict => conflict.columns(['member_id', 'place']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Lets go of what was saved there; with a time, only if it was saved then. */
export async function deleteTyped(db: Db, memberId: number, place: string, savedAt?: number): Promise<void> {
  if (savedAt === undefined) await deletePlace(db, { memberId, place })
  else await deleting(db, memberId, place).where('created_at', '=', savedAt).execute()
}

const deletePlace = hotQuery((db, given: Given<{ memberId: number; place: string }>) =>
  deleting(db, given.memberId, given.place),
)

function deleting(db: Db, memberId: number | RawBuilder<number>, place: string | RawBuilder<string>) {
  return db.deleteFrom('drafts').where('member_id', '=', memberId).where('place', '=', place)
}

/** Of what a member is typing, keeps what was typed last: so many texts, and so many characters of them. */
export async function trimTyped(tx: Tx, memberId: number, kept: { texts: number; characters: number }): Promise<void> {
  const texts = await tx
    .selectFrom('drafts')
    .select(eb => ['id', eb.fn<number>('length', ['body']).as('characters')])
    .where('member_id', '=', memberId)
    .where('place', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  let characters = 0
  const forgotten = texts.filter((text, at) => {
    characters += text.characters
    return at >= kept.texts || characters > kept.characters
  })
  const ids = forgotten.map(({ id }) => id)
  if (ids.length > 0) await tx.deleteFrom('drafts').where('id', 'in', ids).execute()
}

/** How many there were. */
export async function deleteTypedBefore(db: Db, time: number): Promise<number> {
  const rows = await db
    .deleteFrom('drafts')
    .where('place', 'is not', null)
    .where('created_at', '<', time)
    .returning('id')
    .execute()
  return rows.length
}
