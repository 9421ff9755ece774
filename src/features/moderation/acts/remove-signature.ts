import { bringBackSignature, removeSignature } from '../../signatures/index.ts'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'

/** Takes the signature from under a member's posts. */
export const removeSignatureAct: Act<Reasoned> = {
  name: 'remove_signature',
  right: 'restrict',
  targets: ['member'],
  symbol: 'eraser',
  fields: [whyField],
  schema: reasonForm,
  fits: target => target.kind === 'member' && target.item.signed,
  async do(tx, { id }, { at }) {
    await removeSignature(tx, id, at)
    return { removedAt: at }
  },
  undo: (tx, { id }, { at }) => bringBackSignature(tx, id, at),
}
