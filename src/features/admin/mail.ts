import { maskedSmtpUrl, readSmtpUrl, unmaskedSmtpUrl } from '../../platform/mail/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { countMails, failedMails, stoppedAddresses } from '../mail/index.ts'
import { canSendMail, overruledSettings, registry, type Settings, settings, settingsIn } from '../settings/index.ts'

/** Whether mail goes out; if not, what is missing. */
export type MailState = 'sent' | 'no_server' | 'no_address'

export function mailState(rules: Settings): MailState {
  if (canSendMail(rules)) return 'sent'
  return rules.smtp_url === '' ? 'no_server' : 'no_address'
}

const mostFailed = 50
const stopsPerPage = 50

/** Everything that the page about mail shows; the server's password is no part of it. */
export async function mailPage(db: Db, page: number) {
  const rules = await settings(db)
  const { stops, total } = await stoppedAddresses(db, { limit: stopsPerPage, offset: (page - 1) * stopsPerPage })
  const isGiven = overruledSettings(db).smtp_url !== undefined
  return {
    state: mailState(rules),
    server: serverName(rules),
    given: isGiven ? maskedSmtpUrl(rules.smtp_url) : null,
    fields: settingsIn('mail')
      .filter(key => key !== 'smtp_url' || !isGiven)
      .map(key => ({ key, ...registry[key] })),
    values: { ...rules, smtp_url: maskedSmtpUrl(rules.smtp_url) },
    counts: await countMails(db),
    failed: await failedMails(db, mostFailed),
    stops,
    stopsTotal: total,
    page,
    pages: Math.max(1, Math.ceil(total / stopsPerPage)),
  }
}

function serverName({ smtp_url }: Settings): string {
  if (smtp_url === '') return ''
  const { host, port } = readSmtpUrl(smtp_url)
  return `${host}:${port}`
}

/**
 * The fields of the page's form with the password put back that the mask stands for; null where it stands for none. Where
 * the environment names the server, nothing is asked about it.
 */
export async function unmaskedFields(db: Db, body: unknown): Promise<Record<string, unknown>> {
  const fields = { ...(body as Record<string, unknown> | undefined) }
  if (overruledSettings(db).smtp_url !== undefined) return { ...fields, smtp_url: '' }
  const typed = typeof fields.smtp_url === 'string' ? fields.smtp_url : ''
  return { ...fields, smtp_url: unmaskedSmtpUrl(typed, (await settings(db)).smtp_url) }
}

/** What is to be stored of the settings of mail: not the server, where the environment names it. */
export function withoutGiven(db: Db, values: Partial<Settings>): Partial<Settings> {
  const { smtp_url, ...others } = values
  const isGiven = overruledSettings(db).smtp_url !== undefined
  return isGiven || smtp_url === undefined ? others : { ...others, smtp_url }
}
