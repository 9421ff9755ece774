import { z } from 'zod'
import { isSmtpUrl, maskedSmtpUrl, unmaskedSmtpUrl } from '../../../platform/mail/index.ts'
import type { Setting } from './setting.ts'

function isPublicAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
}

export const publicAddress: Setting<string> = {
  type: z
    .string()
    .trim()
    .refine(value => value === '' || isPublicAddress(value))
    .transform(value => (value === '' ? '' : new URL(value).origin)),
  default: '',
  group: 'general',
  control: 'url',
  // Links in mails lead there, those with secrets too.
  guarded: true,
}

export const smtpUrl: Setting<string> = {
  type: z
    .string()
    .trim()
    .max(500)
    .refine(value => value === '' || isSmtpUrl(value)),
  default: '',
  group: 'mail',
  control: 'text',
  wrong: 'smtp_url',
  secret: { mask: maskedSmtpUrl, unmask: unmaskedSmtpUrl },
}

export const mailFrom: Setting<string> = {
  type: z.union([z.literal(''), z.email().max(254)]),
  default: '',
  group: 'mail',
  control: 'text',
  wrong: 'mail_from',
}

function isListOfPorts(value: string): boolean {
  const ports = value.split(/[\s,]+/)
  return ports.every(port => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535)
}

export const outwardPorts: Setting<string> = {
  type: z.string().trim().max(60).refine(isListOfPorts),
  default: '80 443',
  group: 'writing',
  control: 'text',
  wrong: 'outward_ports',
}
