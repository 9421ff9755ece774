import type { ZodType } from 'zod'
import type { Message } from '../../platform/errors.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import type { ActName } from '../groups/index.ts'
import type { Viewer } from '../members/index.ts'
import type { Ref, Target, TargetKind } from './target.ts'

/** What one press of a button asks for. */
export interface Deed<Input = unknown> {
  readonly input: Input
  /** The member who does it. */
  readonly by: number
  /** When; epoch milliseconds. */
  readonly at: number
}

/** What Undo and the sentence need; kept as JSON. */
export type Details = Readonly<Record<string, unknown>>

export interface Logged {
  readonly id: number
  readonly at: number
  readonly details: Details
}

/** One field of the form that is shown before an act is done. */
export interface ActField {
  readonly name: string
  readonly control: 'text' | 'textarea' | 'forum' | 'password'
  readonly required?: boolean
  readonly maxLength?: number
  /** A phrase below it; `moderation.help_<name>` unless given. */
  readonly help?: string
}

export interface Preparation<Input> {
  readonly db: Db
  readonly viewer: Viewer
  readonly input: Input
  readonly confirmPassword: ConfirmPassword
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
  /** Does it make sense for an item in this state? Without input: as far as the state alone tells. */
  fits(target: Target, input?: Input): boolean
  /** Why it does not fit, where there is more to say than that somebody else has handled it. */
  whyNot?(target: Target): Message | null
  /** Slow or general checks before anything is done. Throws Invalid. */
  prepare?(asked: Preparation<Input>): Promise<void>
  do(tx: Tx, target: Target, deed: Deed<Input>): Promise<Details>
  /** What is too slow for the transaction; a job does it again, so it may fail here. */
  after?(db: Db, ref: Ref): Promise<void>
  /** null: nothing takes it back. Throws Conflict when something stands in the way. */
  readonly undo: ((tx: Tx, target: Target, entry: Logged) => Promise<void>) | null
  /** Forums by their ids that its sentence in the log names, by their places in the phrase. */
  forumsNamed?(details: Details): Record<string, number>
}
