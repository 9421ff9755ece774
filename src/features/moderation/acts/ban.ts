import { impose } from '../../sanctions/index.ts'
import type { Act } from '../act.ts'
import { banForm } from '../forms.ts'
import { daysField, toldField } from '../input/fields.ts'
import { tellOf, undoSanction } from '../sanction.ts'

interface Banning {
  readonly days: number | null
  readonly reason: string | null
}

/** The member only reads, and only what guests may, until it ends. They stay signed in and see why on every page. */
export const ban: Act<Banning> = {
  name: 'ban',
  right: 'ban',
  targets: ['member'],
  symbol: 'ban',
  danger: true,
  fields: [daysField, toldField],
  schema: banForm,
  fits: target => target.kind === 'member' && target.item.sanctions.ban === null,
  async do(tx, { id }, { by, at, input: { days, reason } }) {
    return tellOf(tx, await impose(tx, 'ban', { memberId: id, by, at, days, reason }))
  },
  undo: undoSanction,
}
