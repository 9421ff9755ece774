import type { Desk, Letter, Letters, WriteLetter } from '../../mail/index.ts'
import { memberById, memberByLogin } from '../../members/index.ts'
import { makeLink } from '../one-time.ts'
import { changeById, type EmailChange } from './queries.ts'

interface About {
  readonly changeId: number
}

const day = 24 * 60 * 60 * 1000

/** To the new address: asks whether it shall be the account's. To a member who has it already: says that somebody tried. */
const change: WriteLetter = async ({ changeId }: About, desk) => {
  const wish = await changeById(desk.db, changeId)
  const member = wish && (await memberById(desk.db, wish.member_id))
  if (!wish || wish.confirmed_at !== null || member?.email !== wish.old_email) return null
  const owner = await memberByLogin(desk.db, wish.new_email)
  return owner ? wanted(desk, owner) : confirmation(desk, wish, member.locale)
}

async function confirmation(desk: Desk, wish: EmailChange, locale: string | null): Promise<Letter> {
  const t = desk.t(locale)
  const about = { memberId: wish.member_id, about: String(wish.id), lastsMs: day }
  return {
    to: wish.new_email,
    locale,
    subject: t('accounts.mail_email_change_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('accounts.mail_email_change_text', { forum: desk.forumName }) },
      {
        kind: 'button',
        text: t('accounts.mail_verify_button'),
        href: desk.link(await makeLink(desk.db, 'email-change', about)),
      },
      { kind: 'note', text: t('accounts.mail_email_change_not_you') },
    ],
  }
}

function wanted(desk: Desk, { email, locale }: { readonly email: string; readonly locale: string | null }): Letter {
  const t = desk.t(locale)
  return {
    to: email,
    locale,
    subject: t('accounts.mail_email_wanted_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('accounts.mail_email_wanted_text', { forum: desk.forumName }) },
      { kind: 'paragraph', text: t('accounts.mail_email_wanted_next') },
      { kind: 'button', text: t('accounts.recover'), href: desk.link('/recover/') },
    ],
  }
}

/** To the old address, which has some days to take it back. */
const changed: WriteLetter = async ({ changeId }: About, desk) => {
  const done = await changeById(desk.db, changeId)
  const member = done && (await memberById(desk.db, done.member_id))
  if (!done || done.confirmed_at === null || done.reverted_at !== null || !member) return null
  const t = desk.t(member.locale)
  const about = { memberId: member.id, about: String(done.id), lastsMs: 7 * day }
  const time = desk.time(done.confirmed_at, { locale: member.locale, timeZone: member.time_zone })
  return {
    to: done.old_email,
    locale: member.locale,
    subject: t('accounts.mail_email_changed_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('accounts.mail_email_changed_text', { forum: desk.forumName, time }) },
      { kind: 'paragraph', text: t('accounts.mail_email_changed_not_you') },
      {
        kind: 'button',
        text: t('accounts.email_back_button'),
        href: desk.link(await makeLink(desk.db, 'email-back', about)),
      },
    ],
  }
}

export const emailLetters: Letters = { 'accounts.email_change': change, 'accounts.email_changed': changed }
