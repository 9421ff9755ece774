export { MailFailure } from './failure.ts'
export { fileTransport } from './files.ts'
export { BadMessage, isMailAddress, type MailMessage } from './message.ts'
export { smtpTransport } from './smtp.ts'
export {
  isSmtpUrl,
  maskedSmtpUrl,
  readSmtpUrl,
  type SmtpServer,
  unmaskedSmtpUrl,
  withoutTypedPassword,
} from './smtp-url.ts'
export type { MailTransport } from './transport.ts'
