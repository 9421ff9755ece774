/** A mail to one reader, ready to go. */
export interface MailMessage {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The name under which the `Message-ID` is made. */
  readonly host: string
  /** Where answers go, when not to the sender. */
  readonly replyTo?: string
  /** Where one click stops such mails: an address that takes a POST (RFC 8058). */
  readonly unsubscribe?: string
}

/** What a mail may not be made of; nothing was sent. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage'
}

const notInAddresses = /[\p{C}\p{Z}<>()[\]\\,;:"]/u

/** One address and nothing else: no name, no list, nothing that would begin another header. */
export function isMailAddress(value: string): boolean {
  const [local = '', host = '', ...rest] = value.split('@')
  if (value.length > 254 || rest.length > 0 || local === '') return false
  return !notInAddresses.test(local) && (/^\[[\w.:]+\]$/.test(host) || (host !== '' && !notInAddresses.test(host)))
}

/** Throws BadMessage for what could begin a header of its own, or be read as more than one address. */
export function checkMessage({ from, to, replyTo, subject, host, unsubscribe = '' }: MailMessage): void {
  if (!isMailAddress(to)) throw new BadMessage('What it should go to is no mail address')
  if (!isMailAddress(from.address)) throw new BadMessage('What it should come from is no mail address')
  if (replyTo !== undefined && !isMailAddress(replyTo)) throw new BadMessage('Where answers go is no mail address')
  const lines = Object.entries({ subject, host, unsubscribe, name: from.name })
  const broken = lines.find(([, text]) => /\p{Cc}|[\u2028\u2029]/u.test(text))
  if (broken) throw new BadMessage(`Its ${broken[0]} has more than one line`)
}
