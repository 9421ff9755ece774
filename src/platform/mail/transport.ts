import type { MailMessage } from './message.ts'

/** Takes mails on their way. */
export interface MailTransport {
  /** Hands the mail over and gives the answer. Throws MailFailure, or BadMessage when it cannot be sent to anybody. */
  send(message: MailMessage): Promise<string>
  close(): void
}
