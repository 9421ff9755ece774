import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterwards } from './afterwards.ts'

/** A mail as its reader's program shows it. */
export type ReadMail = {
  /** Whom it was handed in for. */
  to: string
  from: string
  subject: string
  text: string
  html: string
  /** By their names in lower case. */
  headers: Record<string, string>
  /** Every address of the web in the plain part, in its order. */
  links: string[]
  /** The first address in it that matches. Throws when there is none. */
  link(pattern: RegExp): string
  /** The conversation was encrypted when it was handed in. */
  secure: boolean
}

export type PostOfficeOptions = {
  /** Only who says these may hand in mail. */
  user?: string
  password?: string
  /** Encrypts from the first byte, or offers to; the latter costs a moment and is off unless asked for. */
  tls?: 'smtps' | 'starttls'
}

/** A mail server that keeps what it takes. */
export type PostOffice = {
  /** As SMTP_URL says it, with the password. */
  readonly url: string
  readonly port: number
  readonly mails: readonly ReadMail[]
  /** From now on mail for this address is refused: for good with 550, for now with 451, or with an answer of its own. */
  refuse(address: string, code?: number, words?: string): void
  /** Takes everything again. */
  accept(): void
  /** From now on nobody answers there. */
  close(): Promise<void>
}

/** Opens a mail server on this machine, closed when the test is over. */
export async function postOffice(t: TestContext, options: PostOfficeOptions = {}): Promise<PostOffice> {
  const mails: ReadMail[] = []
  const refusals = new Map<string, { code: number; words: string }>()
  const { user, password, tls } = options
  const server = new SMTPServer({
    secure: tls === 'smtps',
    disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(user ? [] : ['AUTH'])],
    authOptional: !user,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: (auth, _session, answer) => {
      if (auth.username === user && auth.password === password) answer(null, { user: auth.username })
      else answer(refusal(535, `5.7.8 No such name and password: ${auth.password}`))
    },
    onRcptTo: ({ address }, _session, answer) => {
      const refused = refusals.get(address)
      answer(refused && refusal(refused.code, refused.words))
    },
    onData: (stream, { envelope, secure }, answer) => {
      const keep = async () => {
        const mail = await PostalMime.parse(Buffer.concat(await stream.toArray()))
        mails.push(...envelope.rcptTo.map(({ address }) => readMail(mail, address, secure)))
      }
      keep().then(() => answer(null, '2.0.0 Taken'), answer)
    },
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  let closed = false
  const close = async () => {
    if (!closed) await new Promise<void>(resolve => server.close(resolve))
    closed = true
  }
  afterwards(t, close)
  const login = user ? `${user}:${encodeURIComponent(password ?? '')}@` : ''
  return {
    url: `${tls === 'smtps' ? 'smtps' : 'smtp'}://${login}127.0.0.1:${port}`,
    port,
    mails,
    refuse: (address, code = 550, words = wordsOf(code)) => refusals.set(address, { code, words }),
    accept: () => refusals.clear(),
    close,
  }
}

function wordsOf(code: number): string {
  return code >= 500 ? '5.1.1 Nobody of this name lives here' : '4.2.1 The mailbox is busy, come back later'
}

function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code })
}

function readMail(mail: Email, to: string, secure: boolean): ReadMail {
  const text = mail.text ?? ''
  const links = text.match(/\bhttps?:\/\/\S+/g) ?? []
  return {
    to,
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    text,
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    links,
    link(pattern) {
      const link = links.find(one => pattern.test(one))
      if (link === undefined) throw new Error(`No link ${pattern} in "${mail.subject}": ${links.join(' ')}`)
      return link
    },
    secure,
  }
}
