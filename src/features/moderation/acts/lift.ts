import { z } from 'zod'
import { liftAll, restrictions, unlift } from '../../sanctions/index.ts'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'
import type { Target } from '../targets/target.ts'

const lifted = z.object({ sanctions: z.array(z.number()) })

/** Ends every ban and restriction of a member at once. Warnings stay. */
export const lift: Act<Reasoned> = {
  name: 'lift',
  right: 'restrict',
  targets: ['member'],
  symbol: 'undo-2',
  fields: [whyField],
  schema: reasonForm,
  fits: isHeld,
  do: async (tx, { id }, { at }) => ({ sanctions: await liftAll(tx, id, at) }),
  undo: async (tx, { id }, { details }) => unlift(tx, id, lifted.parse(details).sanctions),
}

function isHeld(target: Target): boolean {
  if (target.kind !== 'member') return false
  const { sanctions } = target.item
  return sanctions.ban !== null || restrictions.some(kind => sanctions[kind] !== null)
}
