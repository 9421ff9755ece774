import { Invalid, type Message, TooMany } from '../../platform/errors.ts'
import { type Db, withoutSync } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import type { FormGuard, FormKind, SentForm, Typed } from './check.ts'
import { addStops } from './queries/stops.ts'
import { checksOn } from './registry.ts'

/** Why a program may have sent it. */
export interface Suspicion {
  /** The name of the check. */
  readonly check: string
  /** A phrase key. */
  readonly reason: string
}

/**
 * What a form of this kind has to carry, for the part `spam/_guard`; `typed` is what was typed when it is shown again.
 * A page with it must not be shared or kept: claims' boxes on cached pages include `spam/_trap` instead.
 */
export async function guardOf(db: Db, kind: FormKind, typed: Typed = {}): Promise<FormGuard> {
  const rules = await settings(db)
  const ground = { db, rules, now: Date.now() }
  const approval = kind === 'register' && rules.registration === 'approval'
  const guard: FormGuard = { kind, trap: false, begun: null, question: null, proof: false, approval }
  for (const check of checksOn(rules, kind)) Object.assign(guard, await check.equip?.(ground, kind, typed))
  return guard
}

/**
 * What speaks against a form that was sent; nothing: an empty list. What is done because of it is counted by
 * `noteStops`, after it was done. Throws Invalid for what is refused, TooMany after too many wrong answers.
 */
export async function judgeForm(db: Db, form: SentForm): Promise<Suspicion[]> {
  const rules = await settings(db)
  const ground = { db, rules, now: Date.now() }
  const suspicions: Suspicion[] = []
  const errors: Record<string, Message> = {}
  const refused: string[] = []
  for (const check of checksOn(rules, form.kind)) {
    if (check.looksAtFields && form.fields === null) continue
    const verdict = await check.judge(form, ground)
    if (verdict?.kind === 'suspect') suspicions.push({ check: check.name, reason: verdict.reason })
    if (verdict?.kind !== 'refuse') continue
    Object.assign(errors, verdict.errors)
    refused.push(check.name)
  }
  if (refused.length === 0) return suspicions
  await addStops(db, refused, ground.now)
  throw new Invalid(errors)
}

/** Counts, for the administrators' page, that these checks sent something to approval. Never in a transaction. */
export async function noteStops(db: Db, suspicions: readonly Pick<Suspicion, 'check'>[]): Promise<void> {
  const checks = suspicions.map(({ check }) => check)
  // Figures to look at: a few less after a power cut say the same.
  if (checks.length > 0) await withoutSync(db, tx => addStops(tx, checks, Date.now()))
}

/** Does it, and counts among the limits when it comes too often. Never in a transaction. */
export async function countingLimits<R>(db: Db, act: () => Promise<R>): Promise<R> {
  try {
    return await act()
  } catch (refused) {
    if (refused instanceof TooMany) await noteStops(db, [{ check: 'limits' }])
    throw refused
  }
}
