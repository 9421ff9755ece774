import { Conflict, Forbidden, type Message, msg, type Refusal, SignInNeeded } from '../../platform/errors.ts'
import type { Act } from './act.ts'
import type { Outcome } from './performing/perform.ts'
import type { UndoOutcome } from './performing/undo.ts'
import type { Ref } from './targets/target.ts'

/** Said on the page that follows. */
export interface Said {
  readonly kind: 'success' | 'info' | 'warning'
  readonly message: Message
  /** Stays until it is dismissed. */
  readonly sticky?: boolean
  readonly undo?: { readonly action: string; readonly fields: Record<string, string> }
  readonly about?: About
}

/** What a notice speaks of. */
export interface About {
  readonly what: string
  readonly ids: readonly string[]
}

/** Notices with offers to undo speak of the batches of what was done. */
export const batchesOfActs = 'batches of acts'

export function aboutBatches(batches: readonly string[]): About {
  return { what: batchesOfActs, ids: batches }
}

/** Where Undo is sent. */
export const undoPath = '/modcp/undo/'

/** What an act did, with the offer to undo it, and what stayed as it is. */
export function saidOf(act: Act, outcome: Outcome, back: string): Said[] {
  const { done, missed, batch } = outcome
  const message = msg(`moderation.done_${act.name}`, countOf(done))
  const undo = { action: undoPath, fields: { batch, return: back } }
  const offer = act.undo && { sticky: true, undo, about: aboutBatches([batch]) }
  const said: Said[] = done.length > 0 ? [{ kind: 'success', message, ...offer }] : []
  return [...said, ...saidOfMissed(missed.map(({ why }) => why))]
}

/** How many, and of which kind: what phrases about several items say. */
export function countOf(refs: readonly Ref[]): { n: number; kind: string } {
  const [kind = 'mixed', ...more] = new Set(refs.map(ref => ref.kind))
  return { n: refs.length, kind: more.length > 0 ? 'mixed' : kind }
}

/** What was taken back, and what stands in the way of the rest. */
export function saidOfUndo({ undone, missed }: UndoOutcome): Said[] {
  const said: Said[] = undone > 0 ? [{ kind: 'success', message: msg('moderation.undone', { n: undone }) }] : []
  return [...said, ...saidOfMissed(missed)]
}

function saidOfMissed(refusals: readonly Refusal[]): Said[] {
  const reasons = new Map<string, { message: Message; n: number }>()
  for (const refusal of refusals) {
    const message = reasonOf(refusal)
    const label = JSON.stringify(message)
    reasons.set(label, { message, n: (reasons.get(label)?.n ?? 0) + 1 })
  }
  return [...reasons.values()].map(({ message: { key, args }, n }) => ({
    kind: 'warning',
    message: msg(key, { ...args, n }),
  }))
}

function reasonOf(refusal: Refusal): Message {
  if (refusal instanceof Conflict && refusal.reason) return refusal.reason
  if (refusal instanceof Forbidden || refusal instanceof SignInNeeded) return msg('moderation.missed_forbidden')
  return msg('moderation.missed_gone')
}
