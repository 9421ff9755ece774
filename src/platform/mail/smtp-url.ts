/** Where mail is handed in. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise by STARTTLS where the server offers it. */
  readonly secure: boolean
  readonly user: string
  readonly password: string
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
