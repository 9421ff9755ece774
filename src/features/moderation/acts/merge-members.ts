import { z } from 'zod'
import { Conflict, Invalid, msg } from '../../../platform/errors.ts'
import { forgetTold, tellMember } from '../../accounts/index.ts'
import { sendMail } from '../../mail/index.ts'
import type { Act } from '../act.ts'
import { type MergingMembers, mergeMembersForm } from '../forms.ts'
import { intoMemberField, whyField } from '../input/fields.ts'
import { demandMember, memberNamed } from '../input/named-member.ts'
import { closedLetter } from '../letters/members.ts'
import { mergeMember, unmergeMember, whatMoves } from '../merging/merge-members.ts'
import { secondThoughts } from '../sanction.ts'

const logged = z.object({ into: z.number(), closed: z.number().nullable(), told: z.number() })

/** Puts one account into another: what was its member's is the other's from then on. It stays for some days, closed. */
export const mergeMembers: Act<MergingMembers> = {
  name: 'merge_members',
  right: 'merge_members',
  targets: ['member'],
  alone: true,
  sudo: true,
  symbol: 'merge',
  danger: true,
  fields: [intoMemberField, whyField],
  schema: mergeMembersForm,
  undoesMerge: true,
  concerns: details => [logged.parse(details).into],
  fits: target => target.kind === 'member',
  async prepare({ db, viewer, targets, input }) {
    const missing = msg('moderation.member_missing')
    const into = await demandMember({ db, viewer }, input.member_into, 'member_into', missing)
    if (targets.length > 1) throw new Invalid({ member_into: msg('moderation.merge_one') })
    if (into.id === targets[0]?.id || into.item.closed_at !== null) throw new Invalid({ member_into: missing })
  },
  async preview({ db, targets, input }) {
    const into = await memberNamed(db, input.member_into)
    const counted = await whatMoves(db, targets[0]?.id ?? 0)
    const [from] = targets
    const name = from?.kind === 'member' ? from.item.name : ''
    return {
      sure: String(into?.id),
      about: msg('moderation.merge_preview', { name, into: into?.item.name ?? '' }),
      rows: counted.map(({ told, n }) => ({ label: msg(`moderation.moves_${told}`), n })),
    }
  },
  async do(tx, target, { input, at }) {
    const into = await memberNamed(tx, input.member_into)
    if (!into || into.id === target.id || target.kind !== 'member') throw new Conflict(msg('moderation.member_missing'))
    const merged = await mergeMember(tx, target.id, into.id, at)
    const told = await tellMember(tx, into.id, msg('moderation.told_merge', { name: target.item.name }))
    await sendMail(tx, closedLetter, { memberId: target.id }, { runAt: at + secondThoughts })
    return { ...merged, told }
  },
  async undo(tx, { id }, { details }) {
    const { told, ...merged } = logged.parse(details)
    await unmergeMember(tx, id, merged)
    await forgetTold(tx, [told])
  },
}
