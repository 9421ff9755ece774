import { Invalid, type Message } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { memberByName, type Viewer } from '../../members/index.ts'
import { outranks } from '../policy.ts'
import { memberTargets } from '../targets/find-target.ts'
import type { MemberTarget } from '../targets/target.ts'

/** The number in what was typed: `#7`, or the address of a profile; null: it is a name. */
function numberIn(typed: string): number | null {
  const found = /^#(\d{1,9})$/.exec(typed)?.[1] ?? /\/profile\/(\d{1,9})(?:[-/?#]|$)/.exec(typed)?.[1]
  return found === undefined ? null : Number(found)
}

/** The member who is called so, or whose number or profile was typed; undefined when there is none. */
export async function memberNamed(db: Db, typed: string): Promise<MemberTarget | undefined> {
  const id = numberIn(typed) ?? (await memberByName(db, typed))?.id
  if (id === undefined) return undefined
  const [target] = await memberTargets(db, [id])
  return target
}

/** The same for whoever may have to do with them: equals are not dealt with, oneself is. Throws Invalid at this field. */
export async function demandMember(
  { db, viewer }: { readonly db: Db; readonly viewer: Viewer },
  typed: string,
  field: string,
  why: Message,
): Promise<MemberTarget> {
  const target = await memberNamed(db, typed)
  if (!target || !outranks(viewer, target.author)) throw new Invalid({ [field]: why })
  return target
}
