import { isIP } from 'node:net'
import { defaultLocale, isLocale, type T, times, translator } from '../../platform/locale/index.ts'
import type { MailMessage } from '../../platform/mail/index.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Desk, Letter } from './letter.ts'
import { renderSheet } from './render-letter.ts'
import { withOwnWords } from './texts/own-words.ts'
import { placeOf } from './texts/queries.ts'

/** What the letters of a forum with these settings are written with; `own`: what stands in the place of phrases. */
export function openDesk(db: Db, rules: Settings, own?: ReadonlyMap<string, string>): Desk {
  const t = (locale: string | null): T => {
    const [phrases, language] = [translatorOf(locale), localeOf(locale)]
    return own ? withOwnWords(phrases, language, key => own.get(placeOf(language, key))) : phrases
  }
  return {
    db,
    forumName: oneLine(rules.forum_name),
    t,
    link: path => linkOf(rules, path),
    time(at, { locale, timeZone }) {
      const zone = timeZone ?? rules.time_zone
      return t(locale)('mail.time', { time: times(localeOf(locale), zone).dateTime(at), zone })
    },
  }
}

/** The letter as a mail of this forum, with both its parts. */
export function messageOf(rules: Settings, letter: Letter): MailMessage {
  const { to, subject, blocks, replyTo, unsubscribePath } = letter
  const host = hostOf(rules)
  const t = translatorOf(letter.locale)
  const unsubscribe = unsubscribePath === undefined ? undefined : linkOf(rules, unsubscribePath)
  const name = oneLine(rules.forum_name)
  const sheet = {
    locale: localeOf(letter.locale),
    subject: oneLine(subject),
    blocks,
    forumName: name,
    forumLink: linkOf(rules, '/'),
    ...(unsubscribe && { unsubscribe: { text: t('mail.unsubscribe'), href: unsubscribe } }),
  }
  return {
    from: { name, address: rules.mail_from || `noreply@${domainOf(host)}` },
    to,
    ...(replyTo !== undefined && { replyTo }),
    subject: sheet.subject,
    ...renderSheet(sheet),
    host: domainOf(host),
    ...(unsubscribe && { unsubscribe }),
  }
}

function translatorOf(locale: string | null): T {
  return translator(localeOf(locale))
}

function localeOf(locale: string | null): string {
  return isLocale(locale) ? locale : defaultLocale
}

/** While nobody has said where the forum is, a link is the path alone: any name before it would be a guess. */
function linkOf({ base_url }: Settings, path: string): string {
  if (!/^\/(?!\/)/.test(path)) throw new Error('A letter links to paths of the forum only')
  return base_url + path
}

function hostOf({ base_url }: Settings): string {
  return base_url ? new URL(base_url).hostname.replaceAll(/[[\]]/g, '') : 'localhost'
}

/** An address of the network stands in brackets (RFC 5321, 4.1.3). */
function domainOf(host: string): string {
  const kind = isIP(host)
  if (kind === 0) return host
  return kind === 6 ? `[IPv6:${host}]` : `[${host}]`
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ').trim()
}
