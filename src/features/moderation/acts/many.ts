import { z } from 'zod'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'

const details = z.object({ pattern: z.string() })

/** Written down by the page of network addresses; here for the sentence in the log. It is taken back there. */
function manyAct(name: string, symbol: string): Act<Reasoned> {
  return {
    name,
    right: 'ban',
    targets: [],
    symbol,
    fields: [],
    schema: reasonForm,
    fits: () => false,
    do: async () => ({}),
    undo: null,
    says: logged => ({ pattern: details.parse(logged).pattern }),
  }
}

/** Everybody at a network address, or with an e-mail address, was banned. */
export const banMany = manyAct('ban_many', 'ban')
export const liftMany = manyAct('lift_many', 'undo-2')
