import { impose, type Restriction } from '../../sanctions/index.ts'
import type { Act } from '../act.ts'
import { restrictForm } from '../forms.ts'
import { daysField, restrictionField, toldField } from '../input/fields.ts'
import { tellOf, undoSanction } from '../sanction.ts'

interface Restricting {
  readonly restriction: Restriction
  readonly days: number | null
  readonly reason: string | null
}

/** Keeps a member from posting, from posting links, or from posting without approval, until it ends. */
export const restrict: Act<Restricting> = {
  name: 'restrict',
  right: 'restrict',
  targets: ['member'],
  symbol: 'lock',
  fields: [restrictionField, daysField, toldField],
  schema: restrictForm,
  fits: (target, input) =>
    target.kind === 'member' && (input === undefined || target.item.sanctions[input.restriction] === null),
  async do(tx, { id }, { by, at, input: { restriction, days, reason } }) {
    return tellOf(tx, await impose(tx, restriction, { memberId: id, by, at, days, reason }))
  },
  undo: undoSanction,
}
