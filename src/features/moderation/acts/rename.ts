import { z } from 'zod'
import { Conflict, Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { forgetTold, tellMember, whyNotCalled } from '../../accounts/index.ts'
import { formerNames, lockMember, renameMember, takeNameBack, tidyName } from '../../members/index.ts'
import type { Act } from '../act.ts'
import { type Renaming, renameForm } from '../forms.ts'
import { nameField, whyField } from '../input/fields.ts'
import { renameMemberSoon } from '../names/rename.ts'

const logged = z.object({ former: z.number(), told: z.number() })

/** Calls a member by another name. The former one stays theirs: nobody else takes it, and it goes on signing them in. */
export const rename: Act<Renaming> = {
  name: 'rename',
  right: 'rename',
  targets: ['member'],
  alone: true,
  sudo: true,
  symbol: 'user-round-pen',
  fields: [nameField, whyField],
  schema: renameForm,
  fits: (target, input) => target.kind === 'member' && target.item.name !== tidyName(input?.name ?? ''),
  async prepare({ db, targets, input }) {
    if (targets.length > 1) throw new Invalid({ name: msg('moderation.name_of_one') })
    const fault = await whyNotCalled(db, targets[0]?.id ?? 0, tidyName(input.name))
    if (fault) throw new Invalid({ name: fault })
  },
  async do(tx, { id }, { at, input }) {
    const name = tidyName(input.name)
    const member = await lockMember(tx, id)
    if (!member) throw new NotFound()
    if (await whyNotCalled(tx, id, name)) throw new Conflict(msg('accounts.name_taken'))
    const former = await renameMember(tx, member, name, at)
    const told = await tellMember(tx, id, msg('moderation.told_rename', { name }))
    await renameMemberSoon(tx, id)
    return { former, told }
  },
  async undo(tx, { id }, { details }) {
    const { former, told } = logged.parse(details)
    await lockMember(tx, id)
    const [latest] = await formerNames(tx, id)
    if (latest?.id !== former) throw new Conflict(msg('moderation.since_changed'))
    if (await whyNotCalled(tx, id, latest.name)) throw new Conflict(msg('accounts.name_taken'))
    await takeNameBack(tx, id, latest)
    await forgetTold(tx, [told])
    await renameMemberSoon(tx, id)
  },
}
