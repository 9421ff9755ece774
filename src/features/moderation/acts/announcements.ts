import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'

/** Written down by the page of announcements; here for the sentence in the log. It is taken back there. */
function announcementAct(name: string, symbol: string): Act<Reasoned> {
  return {
    name,
    right: 'announce',
    targets: [],
    symbol,
    fields: [],
    schema: reasonForm,
    fits: () => false,
    do: async () => ({}),
    undo: null,
  }
}

export const announceAct = announcementAct('announce', 'megaphone')
export const reword = announcementAct('reword', 'pencil')
export const takeAway = announcementAct('take_away', 'trash-2')
export const takeBack = announcementAct('take_back', 'undo-2')
