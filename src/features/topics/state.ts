/** The states in which a topic or post is not public. */
export interface Withdrawn {
  readonly hidden_at: number | null
  readonly deleted_at: number | null
  readonly pending_at: number | null
}

/** Everybody who may read the forum sees it. */
export function isPublic(item: Withdrawn): boolean {
  return item.hidden_at === null && item.deleted_at === null && item.pending_at === null
}

/** What `pending_reason` says of what waited and was not accepted: only its author and the staff ever see it. */
export const rejectedReason = 'topics.rejected'

/** What may also have to wait for a moderator. */
export interface Waitable extends Withdrawn {
  readonly pending_reason: string | null
}

/** A moderator has not accepted it. */
export function isRejected(item: Waitable): boolean {
  return item.pending_at !== null && item.pending_reason === rejectedReason
}

/** A moderator has yet to say whether it may appear. */
export function isWaiting(item: Waitable): boolean {
  return item.pending_at !== null && item.deleted_at === null && !isRejected(item)
}
