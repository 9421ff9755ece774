import type { Letters, WriteLetter } from '../../mail/index.ts'
import { isProven, memberById } from '../../members/index.ts'

type About = { readonly memberId: number; readonly at: number; readonly device: string }

/** A browser that was never seen has signed in: its owner knows whether that was them. */
const newBrowser: WriteLetter = async ({ memberId, at, device }: About, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.email === '') return null
  if (!isProven(member)) return null
  const { locale, time_zone: timeZone } = member
  const t = desk.t(locale)
  return {
    to: member.email,
    locale,
    subject: t('accounts.mail_new_browser_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('accounts.mail_new_browser_text', { name: member.name, forum: desk.forumName }) },
      {
        kind: 'facts',
        rows: [
          [t('accounts.device'), device || t('accounts.device_unknown')],
          [t('accounts.mail_when'), desk.time(at, { locale, timeZone })],
        ],
      },
      { kind: 'paragraph', text: t('accounts.mail_new_browser_else') },
      { kind: 'button', text: t('accounts.places'), href: desk.link('/account/sessions/') },
    ],
  }
}

export const sessionLetters: Letters = { 'accounts.new_browser': newBrowser }
