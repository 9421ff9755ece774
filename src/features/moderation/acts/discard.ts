import { NotFound } from '../../../platform/errors.ts'
import { discardClaim } from '../../claims/index.ts'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'

/** Erases at once what a guest wrote and nobody has taken: its text, address and secrets. */
export const discard: Act<Reasoned> = {
  name: 'discard',
  right: 'discard',
  targets: ['claim'],
  symbol: 'trash-2',
  danger: true,
  fields: [whyField],
  schema: reasonForm,
  undo: null,
  fits: target => target.kind === 'claim',
  async do(tx, target) {
    if (target.kind !== 'claim') throw new NotFound()
    await discardClaim(tx, target.item)
    return {}
  },
}
