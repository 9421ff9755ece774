import { allGroups } from '../groups/index.ts'
import type { Letters, WriteLetter } from '../mail/index.ts'
import { memberById } from '../members/index.ts'

/** Somebody else put the member into another group; with it comes what they may do. */
const regrouped: WriteLetter = async ({ memberId }: { readonly memberId: number }, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.deleted_at !== null || member.email_verified_at === null) return null
  const group = (await allGroups(desk.db)).find(({ id }) => id === member.group_id)
  const t = desk.t(member.locale)
  const args = { forum: desk.forumName, group: group?.name ?? '' }
  return {
    to: member.email,
    locale: member.locale,
    subject: t('admin.mail_regrouped_subject', args),
    blocks: [
      { kind: 'paragraph', text: t('admin.mail_regrouped_text', args) },
      { kind: 'note', text: t('admin.mail_regrouped_note') },
    ],
  }
}

export const adminLetters: Letters = { 'admin.regrouped': regrouped }
