import type { Letters, WriteLetter } from '../../mail/index.ts'
import { isProven, memberById } from '../../members/index.ts'
import { sanctionById } from '../../sanctions/index.ts'
import { latestEntry } from '../queries/log.ts'
import { ruled, ruleLetter } from './rules.ts'

/** The kind of the mail that tells members what moderators decided about them. */
export const sanctionLetter = 'moderation.sanction'

/** What was taken back or has ended meanwhile is not told. */
const sanction: WriteLetter = async ({ sanctionId }: { readonly sanctionId: number }, desk) => {
  const row = await sanctionById(desk.db, sanctionId)
  const member = row && (await memberById(desk.db, row.member_id))
  if (!member || row.ended_at !== null || member.deleted_at !== null || !isProven(member) || member.email === '') {
    return null
  }
  const t = desk.t(member.locale)
  const args = { name: member.name, forum: desk.forumName, title: row.title ?? '' }
  const until = row.ends_at === null ? null : desk.time(row.ends_at, { ...member, timeZone: member.time_zone })
  const rows = [
    ...(row.reason ? [[t('sanctions.fact_reason'), row.reason] as const] : []),
    ...(until ? [[t('sanctions.fact_until'), until] as const] : []),
  ]
  return {
    to: member.email,
    locale: member.locale,
    subject: t(`sanctions.mail_subject_${row.kind}`, args),
    blocks: [
      { kind: 'paragraph', text: t(`sanctions.mail_text_${row.kind}`, args) },
      ...(rows.length > 0 ? [{ kind: 'facts' as const, rows }] : []),
      { kind: 'button', text: t('sanctions.mail_button'), href: desk.link('/account/warnings/') },
    ],
  }
}

/** The kind of the mail that tells members that their account was closed. */
export const closedLetter = 'moderation.closed'

/** Not told when it was opened again meanwhile. */
const closed: WriteLetter = async ({ memberId }: { readonly memberId: number }, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.closed_at === null || member.deleted_at !== null || !isProven(member)) return null
  if (member.email === '') return null
  const t = desk.t(member.locale)
  const words = { name: member.name, forum: desk.forumName }
  const reason = (await latestEntry(desk.db, { act: 'close_account', kind: 'member', id: memberId }))?.reason
  return {
    to: member.email,
    locale: member.locale,
    subject: t('moderation.mail_closed_subject', words),
    blocks: [
      {
        kind: 'paragraph',
        text: t(`moderation.mail_${member.merged_into_id === null ? 'closed' : 'merged'}_text`, words),
      },
      ...(reason ? [{ kind: 'facts' as const, rows: [[t('sanctions.fact_reason'), reason] as const] }] : []),
    ],
  }
}

/** What this feature mails. */
export const moderationLetters: Letters = {
  [sanctionLetter]: sanction,
  [closedLetter]: closed,
  [ruleLetter]: ruled,
}
