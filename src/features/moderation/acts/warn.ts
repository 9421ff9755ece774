import { Conflict, Invalid, msg } from '../../../platform/errors.ts'
import { warningReasons, warn as warnMember } from '../../sanctions/index.ts'
import type { Act } from '../act.ts'
import { maybeToldField, warningField } from '../fields.ts'
import { warnForm } from '../forms.ts'
import { tellOf, undoSanction } from '../sanction.ts'

interface Warning {
  readonly warning: number
  readonly reason: string | null
}

/** Warns a member, who posts again when they have acknowledged it. Its points may lead to a restriction by themselves. */
export const warn: Act<Warning> = {
  name: 'warn',
  right: 'warn',
  targets: ['member'],
  symbol: 'triangle-alert',
  fields: [warningField, maybeToldField],
  schema: warnForm,
  fits: target => target.kind === 'member',
  async prepare({ db, input }) {
    const known = (await warningReasons(db)).some(({ id }) => id === input.warning)
    if (!known) throw new Invalid({ warning: msg('moderation.warning_missing') })
  },
  async do(tx, { id }, { by, at, input }) {
    const why = (await warningReasons(tx)).find(reason => reason.id === input.warning)
    if (!why) throw new Conflict(msg('moderation.warning_missing'))
    const { title, points, days } = why
    return tellOf(tx, await warnMember(tx, { memberId: id, by, at, title, points, days, reason: input.reason }))
  },
  undo: undoSanction,
}
