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
