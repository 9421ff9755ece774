import { z } from 'zod'
import type { Db, Tx } from '../../../platform/store/index.ts'

const groupsType = z.array(z.number())
const stepsType = z.array(z.object({ act: z.string(), fields: z.record(z.string(), z.string()) }))

/** One of several acts, with the fields of its form as they were filled in. */
export type Step = z.infer<typeof stepsType>[number]

export interface SavedAct {
  readonly id: number
  readonly name: string
  /** Empty: whoever may do each of the acts. */
  readonly groups: readonly number[]
  readonly steps: readonly Step[]
}

/** Every saved act, by name. */
export async function allSavedActs(db: Db): Promise<SavedAct[]> {
  const rows = await db.selectFrom('saved_acts').selectAll().orderBy('name').orderBy('id').execute()
  return rows.map(savedOf)
}

export async function savedActById(db: Db, id: number): Promise<SavedAct | undefined> {
  const row = await db.selectFrom('saved_acts').selectAll().where('id', '=', id).executeTakeFirst()
  return row && savedOf(row)
}

function savedOf({ id, name, groups, steps }: { id: number; name: string; groups: string; steps: string }): SavedAct {
  return { id, name, groups: groupsType.parse(JSON.parse(groups)), steps: stepsType.parse(JSON.parse(steps)) }
}

type Named = Pick<SavedAct, 'name' | 'groups'>

export async function insertSavedAct(db: Db, { name, groups }: Named, now: number): Promise<number> {
  const row = await db
    .insertInto('saved_acts')
    .values({ name, groups: JSON.stringify(groups), steps: '[]', created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function renameSavedAct(tx: Tx, id: number, { name, groups }: Named): Promise<void> {
  await tx
    .updateTable('saved_acts')
    .set({ name, groups: JSON.stringify(groups) })
    .where('id', '=', id)
    .execute()
}

export async function writeSteps(tx: Tx, id: number, steps: readonly Step[]): Promise<void> {
  await tx
    .updateTable('saved_acts')
    .set({ steps: JSON.stringify(steps) })
    .where('id', '=', id)
    .execute()
}

/** What it was called; undefined when it is gone already. */
export async function deleteSavedAct(db: Db, id: number): Promise<{ name: string } | undefined> {
  return db.deleteFrom('saved_acts').where('id', '=', id).returning('name').executeTakeFirst()
}
