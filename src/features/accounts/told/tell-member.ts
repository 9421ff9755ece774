import type { Message } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { insertNotice } from './queries.ts'

/** Says something to a member on every page, in every browser, until they put it away. For what mail may not reach. */
export async function tellMember(tx: Tx, memberId: number, message: Message): Promise<void> {
  await insertNotice(tx, memberId, JSON.stringify(message), Date.now())
}
