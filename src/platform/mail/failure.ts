/** A mail that did not go out. The message is what was answered; no password is ever in it. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure'
  /** The server will never take anything for this address. Otherwise it may pass, or is no fault of the address. */
  readonly permanent: boolean

  constructor(answer: string, permanent: boolean) {
    super(answer)
    this.permanent = permanent
  }
}

type Failed = { message: string; response?: string; responseCode?: number; command?: string }

/** What nodemailer threw, in our words. `secrets` are cut out of what the server said. */
export function failureOf(error: unknown, secrets: readonly string[]): MailFailure {
  const failed = error as Failed
  const answer = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), failed.response ?? failed.message)
  return new MailFailure(answer.replaceAll(/\s+/g, ' ').slice(0, 500), refusesAddress(failed))
}

/**
 * Whether the answer is about the address. Servers also refuse for good what they do not like about us (a sender, a
 * missing password, a text), and an address must not suffer for that: the enhanced code tells (RFC 3463), and where
 * there is none, only the classic answers to RCPT count.
 */
function refusesAddress({ response = '', responseCode = 0, command }: Failed): boolean {
  if (responseCode < 500 || responseCode > 599) return false
  const enhanced = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  if (enhanced) return ['RCPT TO', 'DATA'].includes(command ?? '') && aboutAddress.test(enhanced)
  return command === 'RCPT TO' && [550, 551, 553].includes(responseCode) && !/relay|sender|auth|block/i.test(response)
}

/** Addresses and mailboxes, apart from the sender's (5.1.7, 5.1.8) and from what is too large (5.2.3). */
const aboutAddress = /^5\.(?:1\.(?!7$|8$)|2\.(?!3$))\d+$/
