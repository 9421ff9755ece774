import type { Letters, WriteLetter } from '../../mail/index.ts'
import { memberById } from '../../members/index.ts'
import { makeLink } from '../one-time.ts'

/** For how long the link proves an address. */
export const verifyLastsMs = 3 * 24 * 60 * 60 * 1000

/**
 * Asks whether the address is theirs. Nothing in it was typed by whoever registered: the address may be somebody
 * else's.
 */
const verify: WriteLetter = async ({ memberId }: { readonly memberId: number }, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.email === '' || member.email_verified_at !== null) return null
  const t = desk.t(member.locale)
  const path = await makeLink(desk.db, 'verify', { memberId, about: member.email_key, lastsMs: verifyLastsMs })
  return {
    to: member.email,
    locale: member.locale,
    subject: t('accounts.mail_verify_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('accounts.mail_verify_text', { forum: desk.forumName }) },
      { kind: 'button', text: t('accounts.mail_verify_button'), href: desk.link(path) },
      { kind: 'paragraph', text: t('accounts.mail_verify_lasts') },
      { kind: 'note', text: t('accounts.mail_verify_not_you') },
    ],
  }
}

export const verifyLetters: Letters = { 'accounts.verify': verify }
