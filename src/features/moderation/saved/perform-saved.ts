import { randomUUID } from 'node:crypto'
import { allow, Conflict, Forbidden, Invalid, msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import { type Db, inTransaction, mayTakeAMinute, type Tx } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import { composePost } from '../../posts/index.ts'
import { topicById } from '../../topics/index.ts'
import type { Act, ConfirmPassword } from '../act.ts'
import { type ReadyReply, reply } from '../acts/reply.ts'
import type { Reasoned } from '../forms.ts'
import { doAct } from '../performing/do-act.ts'
import { type Outcome, refusalOf, whyNot, writeEntry } from '../performing/perform.ts'
import { mayDo } from '../policy.ts'
import type { SavedAct } from '../queries/saved.ts'
import { findTarget, isMergedAway, lockReach, lockTarget } from '../targets/find-target.ts'
import { type Ref, type Target, type TopicTarget, topicTarget } from '../targets/target.ts'
import { storableAct } from './compose-saved.ts'

/** One of its acts, with its form read. */
interface Ready {
  readonly act: Act
  readonly input: Reasoned
}

/** May this viewer use it at all, and each of its acts on this topic? As far as the topic's state alone tells. */
export function maySave(viewer: Viewer, { groups, steps }: SavedAct, target: TopicTarget): boolean {
  const acts = steps.map(({ act }) => storableAct(act))
  const isMeant = viewer.admin || groups.length === 0 || groups.includes(viewer.groupId)
  const [first] = acts
  if (!isMeant || !first?.fits(target) || isMergedAway(target)) return false
  return acts.every(act => act !== undefined && mayDo(viewer, act, target))
}

/**
 * Does all of a saved act to a topic in one transaction and as one batch, which one Undo takes back: the last first. When
 * one of its acts may not be done, or does not fit, nothing is. Throws the refusal that says so.
 */
export async function performSaved(
  db: Db,
  viewer: Viewer,
  saved: SavedAct,
  topicId: number,
  confirmPassword: ConfirmPassword,
): Promise<Outcome> {
  if (!viewer.member) throw new SignInNeeded()
  const ref: Ref = { kind: 'topic', id: topicId }
  const target = await findTarget(db, viewer, ref)
  if (target.kind !== 'topic') throw new NotFound()
  demandAll(viewer, saved, target)
  const steps: Ready[] = []
  for (const step of readSteps(saved)) steps.push(await prepared(db, viewer, step, target, confirmPassword))
  const batch = randomUUID()
  await inTransaction(db, async tx => {
    const reaches = steps.map(({ act, input }) => act.reaches?.(input) ?? {})
    const forums = reaches.flatMap(reach => reach.forums ?? [])
    await lockReach(tx, [ref], { forums, topics: reaches.flatMap(reach => reach.topics ?? []) })
    const locked = await lockTarget(tx, viewer, ref)
    if (locked.kind !== 'topic') throw new NotFound()
    demandAll(viewer, saved, locked)
    await mayTakeAMinute(tx)
    for (const step of steps) await doStep(tx, viewer, step, await asItIsNow(tx, locked), batch)
  })
  for (const { act } of steps) await refusalOf(async () => act.after?.(db, ref))
  return { batch, done: [ref], missed: [] }
}

/** Every right is asked for before anything is done, so that nothing begins that cannot be brought to its end. */
function demandAll(viewer: Viewer, { groups, steps }: SavedAct, target: Target): void {
  allow(viewer.admin || groups.length === 0 || groups.includes(viewer.groupId), new Forbidden())
  for (const { act } of steps) {
    const known = storableAct(act)
    if (!known) throw broken()
    allow(mayDo(viewer, known, target), new Forbidden())
  }
}

function readSteps({ steps }: SavedAct): Ready[] {
  if (steps.length === 0) throw broken()
  return steps.map(({ act: name, fields }) => {
    const act = storableAct(name)
    const read = act?.schema.safeParse(fields)
    if (!act || !read?.success) throw broken()
    return { act, input: read.data as Reasoned }
  })
}

/** What an administrator filled in may not hold any more: its forum is gone, or it is too long by now. */
async function prepared(
  db: Db,
  viewer: Viewer,
  step: Ready,
  target: Target,
  confirmPassword: ConfirmPassword,
): Promise<Ready> {
  const { act, input } = step
  try {
    await act.prepare?.({ db, viewer, input, targets: [target], confirmPassword })
    return act.name === reply.name ? { act, input: await composedReply(db, viewer, input as ReadyReply) } : step
  } catch (refused) {
    if (refused instanceof Invalid) throw broken()
    throw refused
  }
}

async function composedReply(db: Db, viewer: Viewer, input: ReadyReply): Promise<ReadyReply & Reasoned> {
  const composed = await composePost(db, { body: input.reply, format: 'markdown' }, { viewer })
  return { ...input, reason: null, composed, viewer }
}

async function asItIsNow(tx: Tx, { id, author }: TopicTarget): Promise<TopicTarget> {
  const topic = await topicById(tx, id)
  if (!topic) throw new NotFound()
  return topicTarget(topic, author)
}

async function doStep(
  tx: Tx,
  viewer: Viewer,
  { act, input }: Ready,
  target: TopicTarget,
  batch: string,
): Promise<void> {
  // After a move it is in another forum, where the Undo will ask for the same right.
  allow(mayDo(viewer, act, target), new Forbidden())
  if (isMergedAway(target) || !act.fits(target, input)) throw whyNot(act, target)
  const deed = { input, by: viewer.member?.id ?? 0, at: Date.now(), all: [target] }
  await writeEntry(tx, act, target, deed, await doAct(tx, viewer, act, target, deed), batch)
}

function broken(): Conflict {
  return new Conflict(msg('moderation.saved_broken'))
}
