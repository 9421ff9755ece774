import type { Desk, Letter, Letters } from '../../mail/index.ts'
import { administrators, messageById } from './queries.ts'

interface About {
  readonly message: number
  /** The administrator who reads it. */
  readonly memberId: number
}

/** What somebody wrote to the administrators, as plain text, for one of them. */
async function contactLetter({ message: id, memberId }: About, desk: Desk): Promise<Letter | null> {
  const message = await messageById(desk.db, id)
  const [reader] = await administrators(desk.db, memberId)
  if (!message || !reader || message.handled_at !== null) return null
  const t = desk.t(reader.locale)
  const { name, email, subject } = message
  const rows = [
    [t('pages.letter_name'), name],
    [t('pages.letter_email'), email],
    [t('pages.contact_subject'), subject],
  ] as const
  return {
    to: reader.email,
    replyTo: email,
    locale: reader.locale,
    subject: t('pages.letter_subject', { forum: desk.forumName, subject }),
    blocks: [
      { kind: 'paragraph', text: t('pages.letter_lead', { forum: desk.forumName }) },
      { kind: 'facts', rows },
      ...paragraphsOf(message.text).map(text => ({ kind: 'paragraph' as const, text })),
      { kind: 'button', text: t('pages.letter_button'), href: desk.link('/admin/messages') },
      { kind: 'note', text: t('pages.letter_note', { email }) },
    ],
  }
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).filter(paragraph => paragraph.trim() !== '')
}

export const pagesLetters: Letters = { 'pages.contact': contactLetter }
