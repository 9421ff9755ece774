import type { Message } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { deleteNotices, insertNotice } from './queries.ts'

/** How it is said; a warning without a link unless told. */
export interface Telling {
  readonly kind?: 'info' | 'warning'
  readonly link?: { readonly href: string; readonly text: Message }
}

/**
 * Says something to a member on every page, in every browser, until they put it away; its number. For what mail may not
 * reach.
 */
export async function tellMember(tx: Tx, memberId: number, message: Message, how: Telling = {}): Promise<number> {
  return insertNotice(tx, memberId, JSON.stringify({ ...message, ...how }), Date.now())
}

/** It is no longer so. */
export async function forgetTold(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await deleteNotices(tx, ids)
}
