import { randomUUID } from 'node:crypto'
import type { SendMailOptions } from 'nodemailer'
import { checkMessage, type MailMessage } from './message.ts'

/**
 * The message as nodemailer takes it. It is never let near a file or an address by a text in it, and machines are told
 * not to answer (RFC 3834). Throws BadMessage.
 */
export function mailOptions(message: MailMessage): SendMailOptions {
  checkMessage(message)
  const { from, to, replyTo, subject, text, html, host } = message
  return {
    from,
    to: { name: '', address: to },
    ...(replyTo !== undefined && { replyTo: { name: '', address: replyTo } }),
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    html,
    date: new Date(),
    messageId: `<${randomUUID()}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribing(message) },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function unsubscribing({ unsubscribe }: MailMessage): Record<string, string> {
  if (!unsubscribe) return {}
  return { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}
