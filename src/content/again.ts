import type { Again } from './rendering.ts'
import { inThread } from './thread/pool.ts'

/**
 * HTML that an earlier `compose` made, made anew: the same words, names and links, none of them judged. In a thread; throws
 * Unavailable when too many long texts are waiting. Never call it in a transaction.
 */
export async function renderAgain(stored: readonly string[]): Promise<Again[]> {
  return inThread('again', stored)
}
