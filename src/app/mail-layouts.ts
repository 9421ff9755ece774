import type { Layout, LayoutPart, Layouts } from '../features/mail/index.ts'

const part =
  (as: LayoutPart['as']) =>
  (key: string): LayoutPart => ({ as, key })

const [text, button, note, fact] = [part('paragraph'), part('button'), part('note'), part('fact')]
/** What somebody wrote. */
const words = part('example')('mail.example_text')

const mail = (subject: string, ...parts: LayoutPart[]): Layout => ({ subject, parts })

const accounts = (kind: string, ...parts: LayoutPart[]) =>
  mail(`accounts.mail_${kind}_subject`, text(`accounts.mail_${kind}_text`), ...parts)

const claims = (of: string, kind: string) =>
  mail(
    `claims.mail_${of}${kind}_subject`,
    text(`claims.mail_${of}${kind}_text`),
    button('claims.mail_button'),
    text(`claims.mail_${of}until`),
    note(`claims.mail_${of}not_me`),
  )

const privacy = (kind: string, ...parts: LayoutPart[]) =>
  mail(`privacy.mail_${kind}_subject`, text(`privacy.mail_${kind}_text`), ...parts)

const leaving = (posts: string) => [
  text(`privacy.mail_leaving_${posts}`),
  text('privacy.mail_leaving_back'),
  button('privacy.mail_leaving_button'),
  note('privacy.mail_leaving_not_me'),
]

const sanction = (kind: string) =>
  mail(
    `sanctions.mail_subject_${kind}`,
    text(`sanctions.mail_text_${kind}`),
    fact('sanctions.fact_reason'),
    fact('sanctions.fact_until'),
    button('sanctions.mail_button'),
  )

const settled = (about: string, outcome: string) =>
  mail(
    'reports.mail_subject',
    text(`reports.mail_${about}`),
    text(`reports.came_${outcome}`),
    text('reports.mail_word'),
    words,
    button('reports.own_title'),
    note('reports.mail_note'),
  )

const notYou = (kind: string) => text(`accounts.mail_${kind}_not_you`)
const recover = button('accounts.recover')

/**
 * How the mails of each kind are laid out, for the page on which their words are changed: a new kind of mail, or a new phrase
 * in one, is a line here.
 */
export const mailLayouts: Layouts = {
  'accounts.verify': [
    accounts(
      'verify',
      button('accounts.mail_verify_button'),
      text('accounts.mail_verify_lasts'),
      note('accounts.mail_verify_not_you'),
    ),
  ],
  'accounts.reset': [accounts('reset', button('accounts.mail_reset_button'), note('accounts.mail_reset_not_you'))],
  'accounts.password_changed': [accounts('password_changed', notYou('password_changed'), recover)],
  'accounts.link_made': [accounts('link_made', notYou('link_made'), recover)],
  'accounts.email_change': [
    accounts('email_change', button('accounts.mail_verify_button'), note('accounts.mail_email_change_not_you')),
    accounts('email_wanted', text('accounts.mail_email_wanted_next'), recover),
  ],
  'accounts.email_changed': [accounts('email_changed', notYou('email_changed'), button('accounts.email_back_button'))],
  'accounts.new_browser': [
    accounts(
      'new_browser',
      fact('accounts.device'),
      fact('accounts.mail_when'),
      text('accounts.mail_new_browser_else'),
      button('accounts.places'),
    ),
  ],
  'accounts.approved': [
    mail('spam.mail_approved_subject', text('spam.mail_approved_text'), button('spam.mail_approved_button')),
  ],
  'accounts.refused': [mail('spam.mail_refused_subject', text('spam.mail_refused_text'), fact('spam.refuse_reason'))],
  'admin.regrouped': [
    mail('admin.mail_regrouped_subject', text('admin.mail_regrouped_text'), note('admin.mail_regrouped_note')),
  ],
  'claims.link': [claims('', 'link'), claims('post_', 'link')],
  'claims.reminder': [claims('', 'reminder'), claims('post_', 'reminder')],
  'follows.reply': [
    mail(
      'follows.mail_subject',
      text('follows.mail_text'),
      words,
      button('follows.mail_button'),
      note('follows.mail_note'),
    ),
  ],
  'moderation.closed': [
    mail('moderation.mail_closed_subject', text('moderation.mail_closed_text'), fact('sanctions.fact_reason')),
    mail('moderation.mail_closed_subject', text('moderation.mail_merged_text'), fact('sanctions.fact_reason')),
  ],
  'moderation.sanction': ['warning', 'no_links', 'no_posting', 'approval', 'ban'].map(sanction),
  'moderation.rule': [
    mail('rules.mail_subject', text('rules.mail_text'), words, button('rules.mail_button'), note('rules.mail_note')),
  ],
  'pages.contact': [
    mail(
      'pages.letter_subject',
      text('pages.letter_lead'),
      fact('pages.letter_name'),
      fact('pages.letter_email'),
      fact('pages.contact_subject'),
      words,
      button('pages.letter_button'),
      note('pages.letter_note'),
    ),
  ],
  'privacy.leaving': [privacy('leaving', ...leaving('keep')), privacy('leaving_staff', ...leaving('remove'))],
  'privacy.staying': [privacy('staying')],
  'privacy.left': [privacy('left'), privacy('left_staff')],
  'privacy.export_ready': [
    privacy('export_ready', button('privacy.mail_export_ready_button'), note('privacy.mail_export_ready_note')),
  ],
  'privacy.export_staff': [privacy('export_staff')],
  'reports.settled': [settled('about_title', 'acted'), settled('about', 'no_breach'), settled('about', 'duplicate')],
  'reports.waiting': [
    mail(
      'reports.alert_subject',
      text('reports.alert_text'),
      words,
      button('reports.alert_button'),
      note('reports.alert_note'),
    ),
  ],
}
