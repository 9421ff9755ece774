import type { Request, Response } from 'express'
import type { FormView } from '../../../platform/http/index.ts'
import type { Db, Tx } from '../../../platform/store/index.ts'
import type { ForumNode } from '../../forums/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { Topic } from '../../topics/index.ts'
import type { Place } from '../places.ts'
import type { KeptText } from '../reply-box.ts'

/** What was typed somewhere, on its way through another page. */
export interface Carried {
  readonly place: Place
  readonly title: string | null
  /** What is to stand before the title. */
  readonly prefix: number | null
  readonly body: string
  readonly format: 'markdown' | 'html'
}

/** What a guest sends; that the guest may write there in this way has been checked. */
export interface GuestSubmission {
  readonly kind: 'topic' | 'reply'
  readonly way: 'claim' | 'named'
  readonly forum: ForumNode
  /** null: a new topic. */
  readonly topic: Topic | null
  readonly values: {
    readonly title: string | null
    readonly body: string
    readonly format: 'markdown' | 'html'
    readonly prefix?: number | null
  }
  /** Every field as it was typed, the guest's name (`guest_name`) among them. */
  readonly typed: FormView['typed']
}

/** A member's text that could not be posted. */
export interface LostText {
  readonly forumId: number | null
  readonly topicId: number | null
  readonly title: string | null
  readonly prefix: number | null
  readonly body: string
  readonly format: 'markdown' | 'html'
  /** Why, as a phrase key. */
  readonly reason: string
  /** Another text is kept for this place, and its writer has not chosen between the two. */
  readonly isUndecided: boolean
}

/** A draft that goes on where it was begun. */
export interface DraftText {
  readonly id: number
  readonly title: string | null
  readonly prefix: number | null
  readonly body: string
  readonly format: 'markdown' | 'html'
}

/** A text that has arrived. */
export interface SentText {
  readonly place: Place
  /** The draft that it was filled in from. */
  readonly draft?: number | undefined
  /** Another text is kept for this place, and its writer has not chosen between the two. */
  readonly undecided?: string | undefined
}

/** What higher floors do for those who write. */
export interface WritingSlots {
  /** Takes what a guest sends and answers. What it throws as Invalid or TooMany is shown in the form. */
  guestSubmission(req: Request, res: Response, submission: GuestSubmission): Promise<void>
  /** Answers a member's form whose session has ended; nothing typed is lost on the way. */
  askToSignIn(req: Request, res: Response, carried: Carried): Promise<void>
  /** What this browser typed here before it signed in. */
  carriedText(req: Request, place: Place): Promise<Carried | null>
  /** Keeps what a member could not post; says whether it did. */
  keepLost(viewer: Viewer, lost: LostText): Promise<boolean>
  /** The member's own draft of that number, if it belongs to this place. */
  draftText(viewer: Viewer, id: number, place: Place): Promise<DraftText | null>
  /** What was saved of this member's text while they typed it here. */
  keptText(viewer: Viewer, place: Place): Promise<KeptText | null>
  /** Lets go of what was saved of a text, in the transaction that posts it. */
  dropSent(tx: Tx, viewer: Viewer, sent: SentText): Promise<void>
}

export interface WritingDeps {
  readonly db: Db
  readonly slots: WritingSlots
}
