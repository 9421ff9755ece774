/** Where mail is handed in. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise by STARTTLS where the server offers it. */
  readonly secure: boolean
  readonly user: string
  readonly password: string
}

/** `smtp://` or `smtps://`, with a name and password where the server asks for them, and nothing after the port. */
export function isSmtpUrl(value: string): boolean {
  if (!/^smtps?:\/\/[^\s/]/.test(value) || !URL.canParse(value)) return false
  const { hostname, pathname, search, hash } = new URL(value)
  return hostname !== '' && ['', '/'].includes(pathname) && !search && !hash
}

/** `smtp://name:password@host:587` taken apart; `smtps://` is TLS on port 465. Throws TypeError when it is no such address. */
export function readSmtpUrl(url: string): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    user: decoded(username),
    password: decoded(password),
  }
}

/** A per cent sign that begins no code stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const mask = '********'

/** From the colon after the name to the last @: a password, whatever is in it; undefined without such a place. */
function passwordIn(url: string): string | undefined {
  const [start, end] = [url.search(/:(?!\/\/)/), url.lastIndexOf('@')]
  return start < 0 || end < start ? undefined : url.slice(start + 1, end)
}

function withPassword(url: string, password: string): string {
  if (passwordIn(url) === undefined) return url
  return `${url.slice(0, url.search(/:(?!\/\/)/))}:${password}${url.slice(url.lastIndexOf('@'))}`
}

/** The address as it may be shown, with a mask in the place of its password. */
export function maskedSmtpUrl(url: string): string {
  return withPassword(url, mask)
}

/** What was typed as an address, as it may be shown again: without a password that was typed; the mask stays. */
export function withoutTypedPassword(typed: string): string {
  return isMasked(typed) ? typed : withPassword(typed, '')
}

/**
 * What somebody means who was shown `known` masked and left the mask. null when it cannot be meant: the password is that
 * of another name or server, and must not be sent there; or it is missing.
 */
export function unmaskedSmtpUrl(typed: string, known: string): string | null {
  const text = typed.trim()
  if (passwordIn(text) === '') return null
  if (!isMasked(text)) return text
  const password = passwordIn(known)
  if (password === undefined || !URL.canParse(text)) return null
  const [before, after] = [new URL(known), new URL(text)]
  const isSame = before.hostname === after.hostname && before.username === after.username
  return isSame ? withPassword(text, password) : null
}

function isMasked(text: string): boolean {
  return passwordIn(text) === mask
}
