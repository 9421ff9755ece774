import type { Letters, WriteLetter } from '../../mail/index.ts'
import { isOpenAccount, isProven, memberById } from '../../members/index.ts'
import { makeLink } from '../one-time.ts'

interface About {
  readonly memberId: number
}

const hour = 60 * 60 * 1000

/** The way back in; none for somebody who does not exist or has no address. */
const reset: WriteLetter = async ({ memberId }: About, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.email === '' || !isOpenAccount(member)) return null
  const t = desk.t(member.locale)
  const path = await makeLink(desk.db, 'reset', { memberId, about: member.email_key, lastsMs: hour })
  return {
    to: member.email,
    locale: member.locale,
    subject: t('accounts.mail_reset_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('accounts.mail_reset_text', { forum: desk.forumName }) },
      { kind: 'button', text: t('accounts.mail_reset_button'), href: desk.link(path) },
      { kind: 'note', text: t('accounts.mail_reset_not_you') },
    ],
  }
}

/** Tells of what was done to the account. Strangers whose address somebody typed are told nothing. */
function telling(what: 'password_changed' | 'link_made'): WriteLetter {
  return async ({ memberId, at }: About & { readonly at?: number }, desk) => {
    const member = await memberById(desk.db, memberId)
    if (!member || member.email === '' || member.deleted_at !== null) return null
    if (!isProven(member)) return null
    const t = desk.t(member.locale)
    const reader = { locale: member.locale, timeZone: member.time_zone }
    const words = { forum: desk.forumName, time: desk.time(at ?? Date.now(), reader) }
    return {
      to: member.email,
      locale: member.locale,
      subject: t(`accounts.mail_${what}_subject`, words),
      blocks: [
        { kind: 'paragraph', text: t(`accounts.mail_${what}_text`, words) },
        { kind: 'paragraph', text: t(`accounts.mail_${what}_not_you`) },
        { kind: 'button', text: t('accounts.recover'), href: desk.link('/recover/') },
      ],
    }
  }
}

export const recoverLetters: Letters = {
  'accounts.reset': reset,
  'accounts.password_changed': telling('password_changed'),
  'accounts.link_made': telling('link_made'),
}
