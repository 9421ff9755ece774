import { lockName, type Tx } from '../../platform/store/index.ts'
import { type WarningStep, warningSteps } from './queries/rules.ts'
import {
  acknowledge,
  countedWarnings,
  deleteSanction,
  firstStanding,
  insertSanction,
  setEnded,
  setMark,
  standingRows,
} from './queries/sanctions.ts'
import { restrictions, type SanctionKind } from './state.ts'

const day = 24 * 60 * 60_000

export interface Imposed {
  readonly memberId: number
  /** The moderator; null: it follows by itself. */
  readonly by: number | null
  readonly at: number
  readonly reason: string | null
  /** null: until it is lifted. */
  readonly days: number | null
}

export function endAfter(at: number, days: number | null): number | null {
  return days === null ? null : at + days * day
}

/** Holds a member back from now on; the id of what does. */
export async function impose(
  tx: Tx,
  kind: Exclude<SanctionKind, 'warning'>,
  { memberId, by, at, reason, days }: Imposed,
  causeId: number | null = null,
): Promise<number> {
  const row = { member_id: memberId, kind, reason, imposed_by_id: by, created_at: at, ends_at: endAfter(at, days) }
  const id = await insertSanction(tx, { ...row, cause_id: causeId })
  await mark(tx, memberId)
  return id
}

export interface Warning extends Imposed {
  readonly title: string
  readonly points: number
  /** The post that it is about; null: none in particular. */
  readonly about: number | null
}

/** Warns a member; the id of the warning. Where its points pass a step, what the step says follows. */
export async function warn(tx: Tx, warning: Warning): Promise<number> {
  const { memberId, by, at, reason, days, title, points, about } = warning
  const before = sum(await countedWarnings(tx, memberId, at))
  const row = {
    member_id: memberId,
    kind: 'warning' as const,
    reason,
    imposed_by_id: by,
    created_at: at,
    title,
    points,
    post_id: about,
  }
  const id = await insertSanction(tx, { ...row, ends_at: endAfter(at, days) })
  const step = stepPassed(await warningSteps(tx), before, before + points)
  if (step) await impose(tx, step.kind, { memberId, by: null, at, reason: title, days: step.days }, id)
  await mark(tx, memberId)
  return id
}

function sum(warnings: readonly { readonly points: number }[]): number {
  return warnings.reduce((points, warning) => points + warning.points, 0)
}

/** The highest that was not reached before and is now. */
function stepPassed(steps: readonly WarningStep[], before: number, after: number): WarningStep | undefined {
  return steps.filter(({ points }) => before < points && points <= after).at(-1)
}

/** As if it had not been imposed. */
export async function unimpose(tx: Tx, memberId: number, id: number): Promise<void> {
  await deleteSanction(tx, id)
  await mark(tx, memberId)
}

/** Ends every ban and restriction of this member; their ids. */
export async function liftAll(tx: Tx, memberId: number, at: number): Promise<number[]> {
  const ids = (await standingRows(tx, memberId, ['ban', ...restrictions])).map(({ id }) => id)
  await setEnded(tx, ids, at)
  await mark(tx, memberId)
  return ids
}

/** They stand again; what has ended by itself meanwhile ends again at the next look. */
export async function unlift(tx: Tx, memberId: number, ids: readonly number[]): Promise<void> {
  await setEnded(tx, ids, null)
  await mark(tx, memberId)
}

/** Until this transaction ends nobody else changes what holds this member back. Not their row: who posts has that last. */
export async function holdSanctions(tx: Tx, memberId: number): Promise<void> {
  await lockName(tx, `acts on member ${memberId}`)
}

/**
 * Notes whether anything stands over this member, so that nobody else costs a question. What somebody else imposes at this
 * moment would be overlooked: it is waited for.
 */
export async function mark(tx: Tx, memberId: number): Promise<void> {
  await holdSanctions(tx, memberId)
  await setMark(tx, memberId, (await firstStanding(tx, memberId)) ?? null)
}

/** The member says that they have read a warning; false: they said so before. */
export async function acknowledgeWarning(tx: Tx, memberId: number, id: number, at: number): Promise<boolean> {
  await holdSanctions(tx, memberId)
  const isNew = await acknowledge(tx, memberId, id, at)
  if (isNew) await mark(tx, memberId)
  return isNew
}
