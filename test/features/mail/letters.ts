import { type Letter, type Letters, mailJobs, sendMail } from '../../../src/features/mail/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'

export type About = { memberId?: number; locale?: string; to?: string; claimId?: number }

/** What a feature of a test mails: a greeting with a secret that is made when it is written, and an invitation. */
const letters = {
  'test.greeting': async ({ locale = 'en', to = 'bea@example.org' }: About, desk): Promise<Letter> => ({
    to,
    locale,
    subject: `${desk.t(locale)('mail.unsubscribe')}\r\n<${desk.forumName}>`,
    blocks: [
      { kind: 'paragraph', text: 'Hello <b>Bea</b> & "friends"' },
      { kind: 'button', text: 'Come in', href: desk.link('/verify/very-secret?a=1&b=2') },
      { kind: 'facts', rows: [['When', desk.time(0, { locale, timeZone: 'Europe/Athens' })]] },
      { kind: 'note', text: 'Es grüßt der Säulengang 🏛' },
    ],
  }),
  'test.invitation': async ({ to = 'bea@example.org' }: About, desk): Promise<Letter> => ({
    to,
    locale: null,
    subject: 'Come back',
    blocks: [{ kind: 'paragraph', text: desk.time(0, { locale: null, timeZone: null }) }],
    unsubscribePath: '/unsubscribe/abc',
    scope: 'claims',
  }),
  'test.nothing': async () => null,
} satisfies Letters

/** What the forum itself mails meanwhile is another story. */
const others: Letters = { 'accounts.verify': async () => null }

export const testJobs = mailJobs({ ...others, ...letters })

/** Leaves a letter to be sent. */
export async function order(db: Db, kind: string, about: About = {}): Promise<void> {
  await inTransaction(db, tx => sendMail(tx, kind, about))
}

/** How the jobs stand. */
export async function jobsOf(db: Db) {
  return db
    .selectFrom('jobs')
    .select(['id', 'payload', 'attempts', 'run_at', 'failed_at', 'error'])
    .where('name', '=', 'mail.send')
    .orderBy('id')
    .execute()
}
