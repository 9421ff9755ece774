import type { Letters, WriteLetter } from '../mail/index.ts'
import { isProven, memberById } from '../members/index.ts'
import { refusedById } from './queries/waiting.ts'

/** An administrator has taken the account in. */
const approved: WriteLetter = async ({ memberId }: { readonly memberId: number }, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.deleted_at !== null) return null
  // Nobody has shown that the address is theirs: what a stranger typed is not mailed there.
  if (!isProven(member)) return null
  const { email, locale, name } = member
  const t = desk.t(locale)
  const args = { forum: desk.forumName, name }
  return {
    to: email,
    locale,
    subject: t('spam.mail_approved_subject', args),
    blocks: [
      { kind: 'paragraph', text: t('spam.mail_approved_text', args) },
      { kind: 'button', text: t('spam.mail_approved_button'), href: desk.link('/login/') },
    ],
  }
}

/** The account is gone by now; what is left is where to write and why. */
const refused: WriteLetter = async ({ refusedId }: { readonly refusedId: number }, desk) => {
  const account = await refusedById(desk.db, refusedId)
  if (!account) return null
  const { email, locale, name, reason } = account
  const t = desk.t(locale)
  const args = { forum: desk.forumName, name }
  return {
    to: email,
    locale,
    subject: t('spam.mail_refused_subject', args),
    blocks: [
      { kind: 'paragraph', text: t('spam.mail_refused_text', args) },
      ...(reason ? [{ kind: 'facts' as const, rows: [[t('spam.refuse_reason'), reason] as const] }] : []),
    ],
  }
}

/** What this feature mails. */
export const spamLetters: Letters = { 'accounts.approved': approved, 'accounts.refused': refused }
