import { z } from 'zod'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'

const ofMany = z.object({ pattern: z.string() })

/** Done, written down and taken back by a page of its own; here for the right to it and the sentence in the log. */
function actElsewhere(name: string, right: 'announce' | 'ban', symbol: string): Act<Reasoned> {
  return {
    name,
    right,
    targets: [],
    symbol,
    fields: [],
    schema: reasonForm,
    fits: () => false,
    do: async () => ({}),
    undo: null,
  }
}

/** Everybody at a network address, or with an e-mail address, was banned. */
function actOnMany(name: string, symbol: string): Act<Reasoned> {
  return { ...actElsewhere(name, 'ban', symbol), says: logged => ({ pattern: ofMany.parse(logged).pattern }) }
}

export const banMany = actOnMany('ban_many', 'ban')
export const liftMany = actOnMany('lift_many', 'undo-2')

export const announceAct = actElsewhere('announce', 'announce', 'megaphone')
export const reword = actElsewhere('reword', 'announce', 'pencil')
export const takeAway = actElsewhere('take_away', 'announce', 'trash-2')
export const takeBack = actElsewhere('take_back', 'announce', 'undo-2')
