import { failureOf, MailFailure } from './failure.ts'
import { mailOptions } from './options.ts'
import { readSmtpUrl, type SmtpServer } from './smtp-url.ts'
import type { MailTransport } from './transport.ts'

/** A server that says nothing for so long has failed. */
const patience = {
  dnsTimeout: 5_000,
  connectionTimeout: 8_000,
  greetingTimeout: 8_000,
  socketTimeout: 20_000,
}

/** One that goes on saying something and comes to no end has failed as well, after so many milliseconds. */
const longestMs = 90_000

/**
 * Sends by SMTP over a few connections that are kept for a while. A mail whose connection broke is not sent again from
 * here: whoever asked decides. Throws TypeError when the address is none.
 */
export function smtpTransport(url: string, { mostMs = longestMs } = {}): MailTransport {
  const server = readSmtpUrl(url)
  let mailer: ReturnType<typeof openMailer> | undefined
  return {
    async send(message) {
      const options = mailOptions(message)
      const signal = AbortSignal.timeout(mostMs)
      mailer ??= openMailer(server)
      const sender = await mailer
      try {
        return (await sender.sendMail({ ...options, signal })).response
      } catch (error) {
        if (signal.aborted) throw new MailFailure('The mail server came to no end', false)
        throw failureOf(error, secretsOf(server))
      }
    },
    close: () => void mailer?.then(opened => opened.close()),
  }
}

/** What sends takes some memory, which a forum whose mail waits for nobody does without. */
async function openMailer(server: SmtpServer) {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    ...optionsFor(server),
    ...patience,
    pool: true,
    maxRequeues: 0,
    idleTimeout: 10_000,
  })
}

/** A mail server on this very machine mostly has a certificate that nobody signed, and nobody stands in between. */
function optionsFor({ host, port, secure, user, password }: SmtpServer) {
  const isHere = host === 'localhost' || host === '::1' || /^127\./.test(host)
  return {
    host,
    port,
    secure,
    ...(user && { auth: { user, pass: password } }),
    tls: { rejectUnauthorized: !isHere },
  }
}

/** The password in every form in which a server could say it back. */
function secretsOf({ user, password }: SmtpServer): string[] {
  if (!password) return []
  const plain = `\u0000${user}\u0000${password}`
  const encoded = [password, plain].map(text => Buffer.from(text).toString('base64'))
  return [password, encodeURIComponent(password), ...encoded]
}
