import type { Change } from './compare.ts'
import { isLong } from './long.ts'
import { inThread } from './thread/pool.ts'

/** What became of a line of plain text, such as a title. */
export async function changesOfLine(older: string, newer: string): Promise<Change[]> {
  const { textChanges } = await import('./compare.ts')
  return textChanges(older, newer)
}

/**
 * What became of a text, in reading order, as Markdown, so that a link that leads elsewhere shows too. Both are HTML that
 * `compose` made. Throws Unavailable when too many long texts are waiting. Never call it in a transaction.
 */
export async function changesBetween(older: string, newer: string): Promise<Change[]> {
  if (isLong(older + newer)) return inThread('changes', older, newer)
  const { changesHere } = await import('./compare.ts')
  return changesHere(older, newer)
}
