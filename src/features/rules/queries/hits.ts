import type { Insertable, Selectable } from 'kysely'
import type { Db, RuleHitsTable, Tx } from '../../../platform/store/index.ts'

export type RuleHit = Selectable<RuleHitsTable>

export async function insertHit(tx: Tx, hit: Insertable<RuleHitsTable>): Promise<number> {
  const row = await tx.insertInto('rule_hits').values(hit).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function hitById(db: Db, id: number): Promise<RuleHit | undefined> {
  return db.selectFrom('rule_hits').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function noteDone(tx: Tx, id: number, now: number): Promise<void> {
  await tx.updateTable('rule_hits').set({ done_at: now }).where('id', '=', id).execute()
}

/** What rules wanted to do with this post and could not yet, because it waited. */
export async function undoneHits(tx: Tx, postId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('rule_hits')
    .select('id')
    .where('post_id', '=', postId)
    .where('done_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The rules that hold these posts back, or edits of them: the newest first. */
export async function holdsOf(db: Db, postIds: readonly number[]): Promise<RuleHit[]> {
  return db
    .selectFrom('rule_hits')
    .selectAll()
    .where('post_id', 'in', [...postIds])
    .where('action', '=', 'hold')
    .orderBy('id', 'desc')
    .execute()
}

/** Does a rule hold back the edit of this post that was proposed then? */
export async function isHeldByRule(db: Db, postId: number, proposedAt: number): Promise<boolean> {
  const row = await db
    .selectFrom('rule_hits')
    .select('id')
    .where('post_id', '=', postId)
    .where('action', '=', 'hold')
    .where('edit', '=', 1)
    .where('at', '>=', proposedAt)
    .executeTakeFirst()
  return row !== undefined
}

/** Has this rule spoken of this post since then? */
export async function hasHit(db: Db, ruleId: number, postId: number, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('rule_hits')
    .select('id')
    .where('post_id', '=', postId)
    .where('rule_id', '=', ruleId)
    .where('at', '>=', since)
    .executeTakeFirst()
  return row !== undefined
}

/** How often each rule spoke of something since then. */
export async function countHits(db: Db, since: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('rule_hits')
    .select(eb => ['rule_id', eb.fn.countAll<number>().as('hits')])
    .where('at', '>=', since)
    .groupBy('rule_id')
    .execute()
  return new Map(rows.map(row => [row.rule_id, Number(row.hits)]))
}
