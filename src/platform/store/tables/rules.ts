import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** What the forum does by itself with posts like these. */
export interface RulesTable {
  id: Generated<number>
  name: string
  action: 'hold' | 'hide' | 'flag' | 'notify'
  writers: 'all' | 'members' | 'guests'
  /** JSON list of forums; empty: all of them. */
  forums: string
  /** JSON: what has to be true of a post, all of it. */
  conditions: string
  /** null: it is switched off. */
  on_at: Time | null
  /** Who switched it on: in the log its acts stand under their name and as the rule's. */
  on_by_id: number | null
  created_at: Time
}

/** A word that is shown as another one, or holds back what it stands in. */
export interface WordsTable {
  id: Generated<number>
  word: string
  /** As words are compared. */
  word_key: string
  /** null: a text with it waits for approval. */
  replacement: string | null
  created_at: Time
}

/** A post that a rule spoke of. */
export interface RuleHitsTable {
  id: Generated<number>
  rule_id: number
  /** The rule's name at that time, for whoever reads it when the rule is gone. */
  name: string
  action: RulesTable['action']
  post_id: number
  /** It was an edit. */
  edit: Flag
  at: Time
  /** When the rule's action was done; of what is held: when it was written. null: it had nothing to do yet. */
  done_at: Time | null
}
