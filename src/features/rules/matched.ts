import { record } from '../../platform/jobs/index.ts'
import type { Tx } from '../../platform/store/index.ts'
import type { Rule } from './conditions.ts'
import { insertHit, undoneHits } from './queries/hits.ts'

/** A rule wants something done with a post. */
export const ruleMatched = 'rule.matched'

export interface RuleMatched {
  readonly hitId: number
}

/** Why something waits, for whoever wrote it: of the rule and its words they are told nothing. */
export const heldByRule = 'rules.waits'

/** Why a text waits that these rules speak of, as a phrase key; null: none of them holds it back. */
export function reasonOfRules(rules: readonly Rule[]): string | null {
  return rules.some(rule => rule.action === 'hold') ? heldByRule : null
}

/**
 * Writes down which rules speak of a post, in the transaction that writes it. What they want done follows it as an event;
 * a text that was `held` when it was written needs no more.
 */
export async function recordMatches(
  tx: Tx,
  postId: number,
  rules: readonly Rule[],
  { edit, held }: { readonly edit: boolean; readonly held: boolean },
): Promise<void> {
  for (const { id, name, action } of rules) {
    const now = Date.now()
    const isDone = action === 'hold' && held
    const hit = { rule_id: id, name, action, post_id: postId, edit: edit ? (1 as const) : (0 as const), at: now }
    const hitId = await insertHit(tx, { ...hit, done_at: isDone ? now : null })
    if (!isDone) await record(tx, ruleMatched, { hitId } satisfies RuleMatched)
  }
}

/** What rules wanted to do with a post that waited with its author's account follows now that it appears. */
export async function remindOfMatches(tx: Tx, postId: number): Promise<void> {
  for (const hitId of await undoneHits(tx, postId)) await record(tx, ruleMatched, { hitId } satisfies RuleMatched)
}
