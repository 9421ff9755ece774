import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { messageOf, openDesk } from './desk.ts'
import type { Letter } from './letter.ts'
import { folderOf, serverOf } from './post-office.ts'

/** What became of a test mail: what the server said, or the name of the file that it was written to. */
export interface TestOutcome {
  readonly sent: boolean
  readonly answer: string
}

/**
 * Sends a test mail at once, past every list: to the mail server where there is one, even when the forum's own address is
 * still missing. Throws MailFailure with the server's answer.
 */
export async function sendTestMail(db: Db, to: string, locale: string | null): Promise<TestOutcome> {
  const rules = await settings(db)
  const { t, link, forumName } = openDesk(db, rules)
  return sendNow(db, {
    to,
    locale,
    subject: t(locale)('mail.test_subject', { forum: forumName }),
    blocks: [
      { kind: 'paragraph', text: t(locale)('mail.test_text', { forum: forumName }) },
      { kind: 'button', text: t(locale)('mail.test_back'), href: link('/admin/mail') },
    ],
  })
}

/** Sends this at once, in the same way. Throws MailFailure with the server's answer. */
export async function sendNow(db: Db, letter: Letter): Promise<TestOutcome> {
  const rules = await settings(db)
  const sent = rules.smtp_url !== ''
  const office = sent ? serverOf(db, rules.smtp_url) : folderOf(db)
  return { sent, answer: await office.send(messageOf(rules, letter)) }
}
