import type { Selectable } from 'kysely'
import { bumpRevisions, byRevision, type Db, type RulesTable, type Tx } from '../../../platform/store/index.ts'
import { conditionsType, type Rule, type RuleText } from '../conditions.ts'

type Row = Selectable<RulesTable>

function ruleOf({ id, name, action, writers, forums, conditions, on_at: onAt, on_by_id: onById }: Row): Rule {
  const read = conditionsType.parse(JSON.parse(conditions))
  return { id, name, action, writers, forums: JSON.parse(forums), conditions: read, onAt, onById }
}

/** Every rule, by name. */
export async function allRules(db: Db): Promise<Rule[]> {
  return (await db.selectFrom('rules').selectAll().orderBy('name').orderBy('id').execute()).map(ruleOf)
}

export async function ruleById(db: Db, id: number): Promise<Rule | undefined> {
  const row = await db.selectFrom('rules').selectAll().where('id', '=', id).executeTakeFirst()
  return row && ruleOf(row)
}

/** Those that are switched on, kept in memory. */
export const rulesOn = byRevision('permissions', async (db): Promise<readonly Rule[]> => {
  const rows = await db.selectFrom('rules').selectAll().where('on_at', 'is not', null).orderBy('id').execute()
  return rows.map(ruleOf)
})

function columnsOf({ forums, conditions, ...rule }: RuleText) {
  return { ...rule, forums: JSON.stringify(forums), conditions: JSON.stringify(conditions) }
}

export async function insertRule(tx: Tx, rule: RuleText, now: number): Promise<number> {
  const row = await tx
    .insertInto('rules')
    .values({ ...columnsOf(rule), created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function updateRule(tx: Tx, id: number, rule: RuleText): Promise<void> {
  await tx.updateTable('rules').set(columnsOf(rule)).where('id', '=', id).execute()
  await bumpRevisions(tx, 'permissions')
}

/** `by` null: it is switched off. */
export async function setSwitch(tx: Tx, id: number, by: number | null, now: number): Promise<void> {
  const state = by === null ? { on_at: null, on_by_id: null } : { on_at: now, on_by_id: by }
  await tx.updateTable('rules').set(state).where('id', '=', id).execute()
  await bumpRevisions(tx, 'permissions')
}

export async function removeRule(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('rules').where('id', '=', id).execute()
  await bumpRevisions(tx, 'permissions')
}
