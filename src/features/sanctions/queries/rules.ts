import type { Insertable, Selectable } from 'kysely'
import type { Db, WarningReasonsTable, WarningStepsTable } from '../../../platform/store/index.ts'

export type WarningReason = Selectable<WarningReasonsTable>
export type WarningStep = Selectable<WarningStepsTable>

export async function warningReasons(db: Db): Promise<WarningReason[]> {
  return db.selectFrom('warning_reasons').selectAll().orderBy('points', 'desc').orderBy('id').execute()
}

export async function insertReason(db: Db, reason: Insertable<WarningReasonsTable>): Promise<void> {
  await db.insertInto('warning_reasons').values(reason).execute()
}

export async function deleteReason(db: Db, id: number): Promise<boolean> {
  return (await db.deleteFrom('warning_reasons').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined
}

/** What points lead to, the fewest first. */
export async function warningSteps(db: Db): Promise<WarningStep[]> {
  return db.selectFrom('warning_steps').selectAll().orderBy('points').execute()
}

/** So many points lead to one thing only: a second answer replaces the first. */
export async function putStep(db: Db, step: Insertable<WarningStepsTable>): Promise<void> {
  const { kind, days } = step
  await db
    .insertInto('warning_steps')
    .values(step)
    .onConflict(conflict => conflict.column('points').doUpdateSet({ kind, days }))
    .execute()
}

export async function deleteStep(db: Db, id: number): Promise<boolean> {
  return (await db.deleteFrom('warning_steps').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined
}
