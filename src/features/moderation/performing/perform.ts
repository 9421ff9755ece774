import { randomUUID } from 'node:crypto'
import { allow, Conflict, Forbidden, msg, Refusal, SignInNeeded } from '../../../platform/errors.ts'
import { type Db, inTransaction, mayTakeAMinute, type Tx } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { Act, ConfirmPassword, Deed, Details, Preview } from '../act.ts'
import type { Reasoned } from '../forms.ts'
import { mayDo } from '../policy.ts'
import { entriesOfBatch, insertEntry } from '../queries/log.ts'
import { findTarget, handledMeanwhile, isMergedAway, lockReach, lockTarget } from '../targets/find-target.ts'
import type { Ref, Target } from '../targets/target.ts'
import { doAct } from './do-act.ts'

/** What became of one press of a button. */
export interface Outcome {
  /** Shared by the log's entries. */
  readonly batch: string
  readonly done: readonly Ref[]
  /** What stayed as it is, and why. */
  readonly missed: readonly Missed[]
}

export interface Missed {
  readonly ref: Ref
  readonly why: Refusal
}

export interface Order<Input = unknown> {
  readonly act: Act<Input>
  readonly refs: readonly Ref[]
  readonly input: Input & Reasoned
  readonly confirmPassword: ConfirmPassword
  /** Of what else is done with the same press; one of its own otherwise. */
  readonly batch?: string
  /** The batch of a form that may come twice: what it did already and still stands is not done again. */
  readonly sentAs?: string | undefined
}

/**
 * Does one act to several items. Each is a transaction of its own, so that one which someone else has handled meanwhile
 * stays as it is while the rest is done, and nobody waits for a long press. Throws Invalid when the form's values cannot be
 * taken, and what refused the first item when nobody may do any of this.
 */
export async function performAct<Input>(db: Db, viewer: Viewer, order: Order<Input>): Promise<Outcome> {
  const { act, input, confirmPassword } = order
  const { targets, missed } = await targetsFor(db, viewer, act, order.refs)
  await act.prepare?.({ db, viewer, input, targets, confirmPassword })
  const { batch = order.sentAs ?? randomUUID() } = order
  const done: Ref[] = []
  const chosen = targets.filter(target => !act.spares?.(target, input)).map(({ kind, id }) => ({ kind, id }))
  for (const refs of act.together ? [chosen] : chosen.map(ref => [ref])) {
    const left: Missed[] = []
    const refusal = await refusalOf(() => performSome(db, viewer, { ...order, refs }, batch, left))
    missed.push(...(refusal ? refs.map(ref => ({ ref, why: refusal })) : left))
    if (!refusal) done.push(...refs.filter(ref => !left.some(one => one.ref === ref)))
  }
  return { batch, done, missed }
}

/** What doing this would do; null: that needs no showing. Throws as doing it does before anything is done. */
export async function previewAct<Input>(db: Db, viewer: Viewer, order: Order<Input>): Promise<Preview | null> {
  const { act, input, confirmPassword } = order
  if (!act.preview) return null
  const { targets } = await targetsFor(db, viewer, act, order.refs)
  const asked = { db, viewer, input, targets, confirmPassword }
  await act.prepare?.(asked)
  return act.preview(asked)
}

/**
 * The items that this viewer may do this to, each once, and those that they may not or that somebody else has handled.
 * Throws what refused the first item when nobody may do any of this.
 */
export async function targetsFor(
  db: Db,
  viewer: Viewer,
  act: Act,
  refs: readonly Ref[],
): Promise<{ targets: Target[]; missed: Missed[] }> {
  const targets = new Map<string, Target>()
  const missed: Missed[] = []
  for (const ref of refs) {
    const why = await refusalOf(async () => {
      const target = await findTarget(db, viewer, ref, act)
      allow(mayDo(viewer, act, target), viewer.member ? new Forbidden() : new SignInNeeded())
      targets.set(`${target.kind} ${target.id}`, target)
    })
    if (why) missed.push({ ref, why })
  }
  const [first] = missed
  if (first && targets.size === 0 && !missed.some(({ why }) => why instanceof Conflict)) throw first.why
  return { targets: [...targets.values()], missed }
}

/** One line in the log. What stays as it is while others are done with it comes into `left`. */
async function performSome<Input>(
  db: Db,
  viewer: Viewer,
  order: Order<Input>,
  batch: string,
  left: Missed[],
): Promise<void> {
  const { act, input, refs } = order
  await inTransaction(db, async tx => {
    left.length = 0
    await lockReach(tx, refs, act.reaches?.(input) ?? {})
    const all: Target[] = []
    for (const ref of refs) {
      const why = await refusalOf(async () => void all.push(await fittingTarget(tx, viewer, act, ref, input)))
      if (why) left.push({ ref, why })
    }
    all.sort(byPlace)
    const [target] = all
    if (!target || all.length < (act.fewest ?? 1)) throw left[0]?.why ?? new Conflict(msg('moderation.too_few'))
    if (order.sentAs === batch && (await wasDone(tx, act, all, batch))) return
    await mayTakeAMinute(tx)
    const deed = { input, by: viewer.member?.id ?? 0, at: Date.now(), all }
    await writeEntry(tx, act, target, deed, await doAct(tx, viewer, act, target, deed), batch)
  })
  for (const ref of refs) await refusalOf(async () => act.after?.(db, ref))
}

/** Posts in the order of their topic. */
function byPlace(one: Target, other: Target): number {
  if (one.kind !== 'post' || other.kind !== 'post') return 0
  return one.item.place - other.item.place || one.item.created_at - other.item.created_at || one.id - other.id
}

async function fittingTarget<Input>(tx: Tx, viewer: Viewer, act: Act<Input>, ref: Ref, input: Input): Promise<Target> {
  const target = await lockTarget(tx, viewer, ref)
  allow(mayDo(viewer, act, target))
  if (isMergedAway(target)) throw handledMeanwhile()
  if (!act.fits(target, input)) throw whyNot(act, target)
  return target
}

/** The same button was pressed twice: an act that leaves no state behind, such as a warning, tells by the log alone. */
async function wasDone(tx: Tx, act: Act, targets: readonly Target[], batch: string): Promise<boolean> {
  const done = (await entriesOfBatch(tx, batch)).filter(entry => entry.act === act.name && entry.undone_at === null)
  return targets.some(({ kind, id }) => done.some(entry => entry.target_kind === kind && entry.target_id === id))
}

/** In the act's own words, or because somebody else has handled it. */
export function whyNot(act: Act, target: Target): Conflict {
  const why = act.whyNot?.(target)
  return why ? new Conflict(why) : handledMeanwhile()
}

/** Writes the act's line in the log. */
export async function writeEntry(
  tx: Tx,
  act: Act,
  { kind, id, forumId, topic }: Target,
  { input, by, at }: Deed<Reasoned>,
  details: Details,
  batch: string,
): Promise<void> {
  await insertEntry(tx, {
    batch,
    act: act.name,
    target_kind: kind,
    target_id: id,
    topic_id: topic?.id ?? null,
    forum_id: act.forumIn?.(details) ?? forumId,
    member_id: by,
    at,
    reason: input.reason,
    details: JSON.stringify(details),
  })
}

/** What this is refused with; undefined when it is done. What is no Refusal goes on. */
export async function refusalOf(act: () => Promise<void>): Promise<Refusal | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
