import { type Message, msg, TooMany } from '../../platform/errors.ts'
import { lockName, type Tx } from '../../platform/store/index.ts'
import { countFromAddress } from './queries.ts'

const day = 24 * 60 * 60 * 1000

const refusals = {
  claim: (max: number): Message => msg('claims.too_many', { max }),
  post: (max: number): Message => msg('claims.named_too_many', { max }),
}

/**
 * Goes on only while so few came from this address (a key of limits) within a day: claims that nobody has taken, or
 * posts under a guest's name. Several at once wait for each other. Throws TooMany.
 */
export async function demandRoom(tx: Tx, address: string, what: keyof typeof refusals, max: number): Promise<void> {
  await lockName(tx, `claims of ${address}`)
  const open = await countFromAddress(tx, address, what === 'post', Date.now() - day)
  if (open >= max) throw new TooMany(60 * 60, refusals[what](max))
}
