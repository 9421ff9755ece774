import type { ExpressionBuilder, Selectable, Updateable } from 'kysely'
import type { Db, LinkCardsTable, Tables, Tx } from '../../platform/store/index.ts'

export type CardRow = Selectable<LinkCardsTable>

/** Only for work in the background: who reads asks `cardsFor`. */
export async function cardById(db: Db, id: number): Promise<CardRow | undefined> {
  return db.selectFrom('link_cards').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * Cards that say something, of addresses to which a post leads that everybody sees who reads one of these forums: whether
 * what was withdrawn leads there is nobody's to find out.
 */
export async function filledCards(
  db: Db,
  { urls, forums }: { urls: readonly string[]; forums: readonly number[] },
): Promise<CardRow[]> {
  return db
    .selectFrom('link_cards')
    .selectAll()
    .where('url', 'in', [...urls])
    .where('title', 'is not', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('link_card_uses')
          .innerJoin('posts', 'posts.id', 'link_card_uses.post_id')
          .innerJoin('topics', 'topics.id', 'posts.topic_id')
          .select('posts.id')
          .whereRef('link_card_uses.card_id', '=', 'link_cards.id')
          .where('topics.forum_id', 'in', [...forums])
          .where('topics.hidden_at', 'is', null)
          .where('topics.deleted_at', 'is', null)
          .where('topics.pending_at', 'is', null)
          .where('posts.position', 'is not', null),
      ),
    )
    .execute()
}

export async function knownUrls(db: Db, urls: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('link_cards')
    .select('url')
    .where('url', 'in', [...urls])
    .execute()
  return new Set(rows.map(({ url }) => url))
}

/** Notes an address that has no card yet. */
export async function insertCard(tx: Tx, card: { url: string; created_at: number; due_at: number }): Promise<void> {
  await tx
    .insertInto('link_cards')
    .values(card)
    .onConflict(conflict => conflict.column('url').doNothing())
    .execute()
}

/** Writes down to which addresses a post leads; the rows of those that are due. */
export async function writeUses(tx: Tx, postId: number, urls: readonly string[], now: number): Promise<number[]> {
  await tx.deleteFrom('link_card_uses').where('post_id', '=', postId).execute()
  const cards = await tx
    .selectFrom('link_cards')
    .select(['id', 'due_at'])
    .where('url', 'in', [...urls])
    .execute()
  if (cards.length === 0) return []
  await tx
    .insertInto('link_card_uses')
    .values(cards.map(({ id }) => ({ card_id: id, post_id: postId })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return cards.flatMap(({ id, due_at }) => (due_at !== null && due_at <= now ? id : []))
}

export async function updateCard(tx: Tx, id: number, values: Updateable<LinkCardsTable>): Promise<void> {
  await tx.updateTable('link_cards').set(values).where('id', '=', id).execute()
}

/** Makes the cached pages stale that show this card. */
export async function touchTopicsShowing(tx: Tx, cardId: number): Promise<void> {
  await tx
    .updateTable('topics')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('link_card_uses')
        .innerJoin('posts', 'posts.id', 'link_card_uses.post_id')
        .select('posts.topic_id')
        .where('link_card_uses.card_id', '=', cardId),
    )
    .execute()
}

/** Whether a post shows this card. */
const isShown = ({ exists, selectFrom }: ExpressionBuilder<Tables, 'link_cards'>) =>
  exists(selectFrom('link_card_uses').select('card_id').whereRef('card_id', '=', 'link_cards.id'))

/** Of those that are due, and that a post shows which is neither hidden nor deleted, the longest waiting first. */
export async function dueCards(db: Db, now: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('link_cards')
    .select('id')
    .where('due_at', '<=', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('link_card_uses')
          .innerJoin('posts', 'posts.id', 'link_card_uses.post_id')
          .select('posts.id')
          .whereRef('link_card_uses.card_id', '=', 'link_cards.id')
          .where('posts.position', 'is not', null),
      ),
    )
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** How many wait for their first visit. */
export async function countWaiting(db: Db, now: number): Promise<number> {
  const { n } = await db
    .selectFrom('link_cards')
    .select(eb => eb.fn.countAll().as('n'))
    .where('due_at', '>', now)
    .where('fetched_at', 'is', null)
    .where('failures', '=', 0)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Lets go of what erased posts led to. */
export async function deleteUsesOfErased(db: Db): Promise<void> {
  await db
    .deleteFrom('link_card_uses')
    .where('post_id', 'in', ({ selectFrom }) => selectFrom('posts').select('id').where('erased_at', 'is not', null))
    .execute()
}

/** Removes cards that nobody shows, of those noted and last fetched before these times; gives their pictures. */
export async function deleteUnused(
  db: Db,
  before: { readonly noted: number; readonly fetched: number },
): Promise<string[]> {
  const rows = await db
    .deleteFrom('link_cards')
    .where('created_at', '<', before.noted)
    .where(({ eb }) => eb.or([eb('fetched_at', 'is', null), eb('fetched_at', '<', before.fetched)]))
    .where(eb => eb.not(isShown(eb)))
    .returning('picture')
    .execute()
  return rows.flatMap(({ picture }) => picture ?? [])
}

export async function isPictureShown(db: Db, picture: string): Promise<boolean> {
  return (
    (await db.selectFrom('link_cards').select('id').where('picture', '=', picture).executeTakeFirst()) !== undefined
  )
}
