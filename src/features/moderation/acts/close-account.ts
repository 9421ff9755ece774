import { z } from 'zod'
import { Conflict, msg } from '../../../platform/errors.ts'
import { reopenAccount, shutAccount } from '../../accounts/index.ts'
import { sendMail } from '../../mail/index.ts'
import { lockMember } from '../../members/index.ts'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'
import { maybeToldField, whyField } from '../input/fields.ts'
import { closedLetter } from '../letters/members.ts'
import { secondThoughts } from '../sanction.ts'
import type { MemberTarget, Target } from '../targets/target.ts'

const reopened = z.object({ closed: z.number() })

/** Nobody signs in to the account any more; what its member wrote stays. */
export const closeAccount: Act<Reasoned> = {
  name: 'close_account',
  right: 'close_account',
  targets: ['member'],
  alone: true,
  sudo: true,
  symbol: 'user-round-x',
  danger: true,
  fields: [maybeToldField],
  schema: reasonForm,
  fits: target => isAccount(target) && target.item.closed_at === null,
  async do(tx, { id }, { at }) {
    await lockMember(tx, id)
    await shutAccount(tx, id, at)
    await sendMail(tx, closedLetter, { memberId: id }, { runAt: Date.now() + secondThoughts })
    return {}
  },
  async undo(tx, target) {
    if (!isAccount(target) || target.item.closed_at === null) throw new Conflict(msg('moderation.since_changed'))
    await reopenAccount(tx, target.id)
  },
}

/** Its member signs in again. */
export const openAccount: Act<Reasoned> = {
  name: 'open_account',
  right: 'close_account',
  targets: ['member'],
  alone: true,
  symbol: 'user-round-check',
  fields: [whyField],
  schema: reasonForm,
  fits: target => isAccount(target) && target.item.closed_at !== null,
  async do(tx, { id }) {
    const member = await lockMember(tx, id)
    await reopenAccount(tx, id)
    return { closed: member?.closed_at ?? null }
  },
  async undo(tx, target, { details }) {
    if (!isAccount(target) || target.item.closed_at !== null) throw new Conflict(msg('moderation.since_changed'))
    await shutAccount(tx, target.id, reopened.parse(details).closed)
  },
}

function isAccount(target: Target): target is MemberTarget {
  return target.kind === 'member'
}
