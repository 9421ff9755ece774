import type { ZodType } from 'zod'
import type { Message } from '../../platform/errors.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import type { ForumNode } from '../forums/index.ts'
import type { ActName } from '../groups/index.ts'
import type { Viewer } from '../members/index.ts'
import type { Ref, Target, TargetKind } from './targets/target.ts'

/** What one press of a button asks for. */
export interface Deed<Input = unknown> {
  readonly input: Input
  /** The member who does it. */
  readonly by: number
  /** When; epoch milliseconds. */
  readonly at: number
  /** Everything that is done at once: only what is done together is more than one. */
  readonly all: readonly Target[]
}

/** What Undo and the sentence need; kept as JSON. */
export type Details = Readonly<Record<string, unknown>>

export interface Logged {
  readonly id: number
  readonly at: number
  readonly details: Details
}

/** One of several that a field offers; `text` in somebody's own words, or a phrase. */
export interface Offer {
  readonly value: string
  readonly text: string | Message
}

/** One field of the form that is shown before an act is done. */
export interface ActField {
  readonly name: string
  readonly control:
    | 'text'
    | 'textarea'
    | 'forum'
    | 'password'
    | 'date'
    | 'checkbox'
    | 'choice'
    | 'chosen'
    | 'offer'
    | 'hidden'
  readonly required?: boolean
  /** It need not be sent: without it the act is done at one press all the same. */
  readonly extra?: boolean
  /** Of a choice: each has the phrase `moderation.<name>_<option>`. */
  readonly options?: readonly string[]
  /** Of an offer: what can be picked. */
  offers?(db: Db, targets: readonly Target[]): Promise<readonly Offer[]>
  readonly maxLength?: number
  /** A phrase below it; `moderation.help_<name>` unless given. */
  readonly help?: string
}

export interface Preparation<Input> {
  readonly db: Db
  readonly viewer: Viewer
  readonly input: Input
  /** What it would be done to. */
  readonly targets: readonly Target[]
  readonly confirmPassword: ConfirmPassword
}

/** What whoever presses the button has seen. */
export interface Preview {
  /** Sent along with the form; the act is done only while the same would be shown. */
  readonly sure: string
  readonly about: Message
  readonly rows: readonly { readonly label: Message; readonly n: number }[]
}

/** Is it this member's password? */
export type ConfirmPassword = (memberId: number, password: string) => Promise<boolean>

/**
 * One act of moderation. Menus, bars, forms, the log and Undo read nothing else. Its phrases: `moderation.<name>` on its
 * button, `done_<name>` in the notice, `did_<name>` in the log, `since_<name>` where it stands in the way of an Undo.
 */
export interface Act<Input = unknown> {
  readonly name: string
  /** What an appointment must allow; null: administrators only. */
  readonly right: ActName | null
  readonly targets: readonly TargetKind[]
  /** The icon of its button. */
  readonly symbol: string
  readonly danger?: boolean
  /** Asked on a page of its own before it is done; none: done at one press. */
  readonly fields: readonly ActField[]
  readonly schema: ZodType<Input>
  /** The right where it was done is enough for its Undo, wherever the topic is now. */
  readonly leavesForum?: boolean
  /** It does nothing to whoever wrote it: their standing does not matter, and what is one's own is for others. */
  readonly sparesAuthor?: boolean
  /** Does it make sense in such a forum? Asked for menus only. */
  inForum?(forum: ForumNode): boolean
  /** Done to a member because of a post that `about` names, whose forum's moderators may do it, too. */
  readonly aboutPosts?: boolean
  /** Done to all that were chosen in one transaction, with one line in the log, which names the first; posts in their order. */
  readonly together?: boolean
  /** So many have to be chosen; from two on it stands in no menu of a single one. */
  readonly fewest?: number
  /** It is offered where members are looked up, and not beside everything that they wrote. */
  readonly alone?: boolean
  /** Whoever may do it gives their password again when they have not for a while. */
  readonly sudo?: boolean
  /** It changes where posts stand and not what they say: an erased text is in nobody's way. */
  readonly keepsTexts?: boolean
  /** What it takes back is that a topic went into another one. */
  readonly undoesMerge?: boolean
  /** Chosen only to say what becomes of the others, and left as it is. */
  spares?(target: Target, input: Input): boolean
  /** What it changes besides what was chosen; locked before anything is looked at. */
  reaches?(input: Input): Reach
  /** The same for its Undo. */
  undoReaches?(details: Details): Reach
  /** Members besides whose item it is that it, or its Undo, is done to: nobody does that to their equals either. */
  concerns?(details: Details): readonly number[]
  /** Does it make sense for an item in this state? Without input: as far as the state alone tells. */
  fits(target: Target, input?: Input): boolean
  /** Why it does not fit, where there is more to say than that somebody else has handled it. */
  whyNot?(target: Target): Message | null
  /** Slow or general checks before anything is done. Throws Invalid. */
  prepare?(asked: Preparation<Input>): Promise<void>
  /** What it would do, shown once the form is filled in and before it is done. */
  preview?(asked: Preparation<Input>): Promise<Preview>
  do(tx: Tx, target: Target, deed: Deed<Input>): Promise<Details>
  /** What is too slow for the transaction; a job does it again, so it may fail here. */
  after?(db: Db, ref: Ref): Promise<void>
  /** null: nothing takes it back. Throws Conflict when something stands in the way. */
  readonly undo: ((tx: Tx, target: Target, entry: Logged) => Promise<void>) | null
  /** Of what is done to a member: the forum whose moderators it concerns; null: all. */
  forumIn?(details: Details): number | null
  /** Forums by their ids that its sentence in the log names, by their places in the phrase. */
  forumsNamed?(details: Details): Record<string, number>
  /** What else stands in that sentence. */
  says?(details: Details): Record<string, string | number>
}

export interface Reach {
  readonly topics?: readonly number[]
  /** Forums that get another topic. */
  readonly forums?: readonly number[]
}
