import { allow, Conflict, type Message, msg, NotFound, type Refusal } from '../../../platform/errors.ts'
import { type Db, inTransaction, mayTakeAMinute, type Tx } from '../../../platform/store/index.ts'
import { isStaffIn, type Viewer } from '../../members/index.ts'
import type { Act } from '../act.ts'
import { overlaps } from '../patch.ts'
import { hasRight, mayUndo, outranks } from '../policy.ts'
import { entriesOfBatch, entryById, type LogRow, laterEntries, markUndone } from '../queries/log.ts'
import { actNamed } from '../registry.ts'
import { authorOf, isMergedAway, lockReach, lockTarget } from '../targets/find-target.ts'
import { type Author, type Ref, type Target, targetKinds } from '../targets/target.ts'
import { demandAbove } from './do-act.ts'
import { refusalOf } from './perform.ts'

/** What is to be taken back: everything that one press of a button did, or some entries of the log. */
export interface UndoOrder {
  readonly batch?: string
  readonly entries?: readonly number[]
}

export interface UndoOutcome {
  readonly undone: number
  /** What stands in the way of the rest. */
  readonly missed: readonly Refusal[]
}

/**
 * Takes acts back: the same state as if they had not happened and everything since had. Throws NotFound for what this
 * viewer may not look up, and what refused the first when none could be taken back by them.
 */
export async function undoActs(db: Db, viewer: Viewer, order: UndoOrder): Promise<UndoOutcome> {
  const entries = await visibleEntries(db, viewer, order)
  if (entries.length === 0) throw new NotFound()
  const missed: Refusal[] = []
  for (const entry of entries) {
    const why = await refusalOf(() => inTransaction(db, tx => undoOne(tx, viewer, entry)))
    if (why) missed.push(why)
  }
  return { undone: entries.length - missed.length, missed }
}

async function visibleEntries(db: Db, viewer: Viewer, { batch, entries = [] }: UndoOrder): Promise<LogRow[]> {
  const ids = [...new Set(entries)].sort((a, b) => b - a)
  const rows = batch ? await entriesOfBatch(db, batch) : await Promise.all(ids.map(id => entryById(db, id)))
  const visible: LogRow[] = []
  for (const row of rows) if (row && (await mayLookUp(db, viewer, row))) visible.push(row)
  return visible
}

/** The log is for the staff of its forum, and nobody looks up the acts of someone of equal or higher standing. */
async function mayLookUp(db: Db, viewer: Viewer, entry: LogRow): Promise<boolean> {
  const act = actNamed(entry.act)
  const isTheirs = entry.target_kind === 'member' && act !== undefined && hasRight(viewer, entry.forum_id, act)
  return (isTheirs || isStaffIn(viewer, entry.forum_id)) && outranks(viewer, await actorOf(db, entry))
}

/** Who did it: what a rule did the forum did itself, and stands below everybody. */
async function actorOf(db: Db, { member_id, rule_id }: LogRow): Promise<Author> {
  return authorOf(db, rule_id === null ? member_id : null)
}

async function undoOne(tx: Tx, viewer: Viewer, entry: LogRow): Promise<void> {
  const act = actNamed(entry.act)
  const kind = targetKinds.find(known => known === entry.target_kind)
  if (!act?.undo || !kind) throw new Conflict(msg('moderation.no_undo'))
  const details = JSON.parse(entry.details)
  // An edit that was settled is gone; its post stays.
  const ref: Ref = { kind: kind === 'edit' ? 'post' : kind, id: entry.target_id }
  if (act.undoReaches) await lockReach(tx, [ref], act.undoReaches(details))
  const target = await targetOf(tx, viewer, ref)
  const done = { forumId: entry.forum_id, actor: await actorOf(tx, entry) }
  allow(mayUndo(viewer, act, done, target))
  await demandAbove(tx, viewer, act, details)
  if (isMergedAway(target) && !act.undoesMerge) throw new Conflict(msg('moderation.since_merged'))
  if (target.kind === 'topic' && target.item.purged_at !== null) throw new Conflict(msg('moderation.since_purge'))
  if (target.kind === 'post' && target.item.erased_at !== null && !act.keepsTexts)
    throw new Conflict(msg('moderation.since_erase'))
  if (!(await markUndone(tx, entry.id, viewer.member?.id ?? 0, Date.now()))) {
    throw new Conflict(msg('moderation.undone_already'))
  }
  await mayTakeAMinute(tx)
  const why = await refusalOf(async () => act.undo?.(tx, target, { id: entry.id, at: entry.at, details }))
  if (why) throw (await laterAct(tx, viewer, act, entry)) ?? why
}

/** Throws Conflict when what was done to was an account that is gone. */
async function targetOf(tx: Tx, viewer: Viewer, ref: Ref): Promise<Target> {
  try {
    return await lockTarget(tx, viewer, ref)
  } catch (error) {
    const isGone = ref.kind === 'member' && error instanceof NotFound
    throw isGone ? new Conflict(msg('moderation.since_account_gone')) : error
  }
}

/** What was done later and stands in the way, by the words of that act. */
async function laterAct(tx: Tx, viewer: Viewer, act: Act, entry: LogRow): Promise<Conflict | undefined> {
  for (const later of await laterEntries(tx, entry)) {
    if (later.act !== act.name && !overlaps(JSON.parse(entry.details), JSON.parse(later.details))) continue
    const known = actNamed(later.act)
    if (!known) continue
    const told = later.rule_id === null && outranks(viewer, await actorOf(tx, later))
    return new Conflict(sinceMessage(known, told ? later.actor_name : null))
  }
  return undefined
}

function sinceMessage(act: Act, name: string | null): Message {
  return msg(`moderation.since_${act.name}`, { told: name === null ? 'no' : 'yes', name: name ?? '' })
}
