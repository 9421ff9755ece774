import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { type Db, inTransaction, lockName } from '../../../platform/store/index.ts'
import type { Act } from '../act.ts'
import { reply } from '../acts/reply.ts'
import { type SavedAct, type Step, savedActById, writeSteps } from '../queries/saved.ts'
import { actNamed, registry } from '../registry.ts'

/** So many acts are done with one press. */
export const mostSteps = 10

const controls = ['text', 'textarea', 'forum', 'checkbox']

/** What a saved act can be made of: acts on a single topic whose fields can be filled in beforehand. */
export const storableActs: readonly Act[] = [reply, ...registry.filter(isStorable)]

function isStorable(act: Act): boolean {
  const isAlone = !act.together && (act.fewest ?? 1) === 1 && act.right !== null && !act.sparesAuthor && !act.spares
  const asks = act.fields.filter(field => !field.extra)
  return (
    isAlone &&
    act.targets.includes('topic') &&
    act.undo !== null &&
    asks.every(({ control }) => controls.includes(control))
  )
}

/** An act that can be part of a saved one; what was stored by another version may not be. */
export function storableAct(name: unknown): Act | undefined {
  return storableActs.find(act => act === actNamed(name))
}

/** Throws NotFound. */
export async function findSavedAct(db: Db, id: number): Promise<SavedAct> {
  const saved = await savedActById(db, id)
  if (!saved) throw new NotFound()
  return saved
}

/** By this a form says for which acts it was made: sent twice, or after somebody else, it would mean another one. */
export function markOf(steps: readonly Step[]): string {
  return createHash('sha256').update(JSON.stringify(steps)).digest('base64url').slice(0, 12)
}

/** Adds an act at the end; the same form sent again adds nothing. Throws NotFound; Invalid when there are too many. */
export async function addStep(db: Db, id: number, step: Step, mark: unknown): Promise<void> {
  await changeSteps(db, id, steps => {
    if (mark !== markOf(steps) && isDeepStrictEqual(steps.at(-1), step)) return null
    if (steps.length >= mostSteps) throw new Invalid({ '': msg('moderation.saved_many', { max: mostSteps }) })
    return [...steps, step]
  })
}

interface StepChange {
  readonly at: number
  readonly how: 'remove' | 'earlier'
  readonly mark: unknown
}

/**
 * Takes an act out, or puts it before the one that stands before it; false when they are others by now than when the form
 * was made. Throws NotFound.
 */
export async function changeStep(db: Db, id: number, { at, how, mark }: StepChange): Promise<boolean> {
  return changeSteps(db, id, steps => {
    const step = steps[at]
    if (!step || mark !== markOf(steps)) return null
    const others = steps.toSpliced(at, 1)
    return how === 'remove' ? others : others.toSpliced(Math.max(0, at - 1), 0, step)
  })
}

type Steps = readonly Step[]

async function changeSteps(db: Db, id: number, change: (steps: Steps) => Steps | null): Promise<boolean> {
  return inTransaction(db, async tx => {
    await lockName(tx, `saved act ${id}`)
    const { steps } = await findSavedAct(tx, id)
    const changed = change(steps)
    if (changed) await writeSteps(tx, id, changed)
    return changed !== null
  })
}
