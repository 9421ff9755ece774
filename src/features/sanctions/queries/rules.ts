import type { Insertable, Selectable } from 'kysely'
import {
  type Db,
  inTransaction,
  lockName,
  type WarningReasonsTable,
  type WarningStepsTable,
} from '../../../platform/store/index.ts'

export type WarningReason = Selectable<WarningReasonsTable>
export type WarningStep = Selectable<WarningStepsTable>

export async function warningReasons(db: Db): Promise<WarningReason[]> {
  return db.selectFrom('warning_reasons').selectAll().orderBy('points', 'desc').orderBy('id').execute()
}

/** False: it is there already. */
export async function insertReason(db: Db, reason: Insertable<WarningReasonsTable>): Promise<boolean> {
  return inTransaction(db, async tx => {
    await lockName(tx, 'warning reasons')
    const { title, points, days } = reason
    const same = (await warningReasons(tx)).some(
      one => one.title === title && one.points === points && one.days === days,
    )
    if (!same) await tx.insertInto('warning_reasons').values(reason).execute()
    return !same
  })
}

/** The one that was there; undefined: it is gone already. */
export async function deleteReason(db: Db, id: number): Promise<WarningReason | undefined> {
  return db.deleteFrom('warning_reasons').where('id', '=', id).returningAll().executeTakeFirst()
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

/** The one that was there; undefined: it is gone already. */
export async function deleteStep(db: Db, id: number): Promise<WarningStep | undefined> {
  return db.deleteFrom('warning_steps').where('id', '=', id).returningAll().executeTakeFirst()
}
