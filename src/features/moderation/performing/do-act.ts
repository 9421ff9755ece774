import { allow } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { Act, Deed, Details } from '../act.ts'
import { outranks } from '../policy.ts'
import { authorOf } from '../targets/find-target.ts'
import type { Target } from '../targets/target.ts'

/** Does it, unless it is done to somebody else, too, whom this viewer does not outrank. */
export async function doAct<Input>(
  tx: Tx,
  viewer: Viewer,
  act: Act<Input>,
  target: Target,
  deed: Deed<Input>,
): Promise<Details> {
  const details = await act.do(tx, target, deed)
  await demandAbove(tx, viewer, act, details)
  return details
}

/** Throws Forbidden where this is done to equals of this viewer, besides whoever it was chosen for. */
export async function demandAbove(tx: Tx, viewer: Viewer, act: Pick<Act, 'concerns'>, details: Details): Promise<void> {
  for (const id of act.concerns?.(details) ?? []) allow(outranks(viewer, await authorOf(tx, id)))
}
