import { z } from 'zod'
import { isTimeZone } from '../../platform/locale/index.ts'
import { isSmtpUrl, maskedSmtpUrl, unmaskedSmtpUrl } from '../../platform/mail/index.ts'
import { accents } from './accents.ts'
import { isStyleSheet, largestStyleSheet } from './custom-css.ts'
import { isListOfLinks } from './links.ts'

/** The rooms of the settings pages, in their order. */
export const settingGroups = [
  'general',
  'appearance',
  'reading',
  'writing',
  'guests',
  'accounts',
  'spam',
  'mail',
  'privacy',
  'maintenance',
  'backups',
] as const
export type SettingGroup = (typeof settingGroups)[number]

/** One setting: its label and help are the phrases `settings.<key>_label` and `settings.<key>_help`. */
export interface Setting<T> {
  readonly type: z.ZodType<T>
  readonly default: T
  readonly group: SettingGroup
  readonly control: 'text' | 'url' | 'number' | 'switch' | 'select' | 'textarea' | 'picture'
  /** What is said of a wrong value, `settings.<wrong>_wrong`, where that of the control says too little. */
  readonly wrong?: string
  /** For numbers: the smallest and largest taken. */
  readonly range?: readonly [number, number]
  /** For selects. */
  readonly options?: readonly string[]
  /** Each option has a phrase, `settings.<key>_<option>`; else it stands for itself. */
  readonly namedOptions?: boolean
  /** What of it nobody may read: how it is shown and written down, and put back in the place of what stands there now. */
  readonly secret?: {
    mask(value: T): T
    /** Null where it stands for nothing that is still known. */
    unmask(masked: T, now: T): T | null
  }
}

/** Who may register: anybody, anybody whom an administrator then takes in, whoever has an invitation, or nobody. */
export type Registration = 'open' | 'approval' | 'invitation' | 'closed'

function text(group: SettingGroup, value: string, max: number, control: 'text' | 'textarea' = 'text'): Setting<string> {
  return { type: z.string().trim().max(max), default: value, group, control }
}

function required(group: SettingGroup, value: string, max: number): Setting<string> {
  return { ...text(group, value, max), type: z.string().trim().min(1).max(max) }
}

function number(group: SettingGroup, value: number, least: number, most: number): Setting<number> {
  const type = z.coerce.number().int().min(least).max(most)
  return { type, default: value, group, control: 'number', range: [least, most] }
}

function onOff(group: SettingGroup, value: boolean): Setting<boolean> {
  return { type: z.boolean(), default: value, group, control: 'switch' }
}

function isPublicAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
}

const timeZone: Setting<string> = {
  type: z.string().refine(isTimeZone),
  default: 'UTC',
  group: 'general',
  control: 'select',
  options: ['UTC', ...Intl.supportedValuesOf('timeZone').filter(name => name !== 'UTC')],
}

const accent: Setting<string> = {
  type: z.string().refine(name => name in accents),
  default: 'aegean',
  group: 'appearance',
  control: 'select',
  options: Object.keys(accents),
  namedOptions: true,
}

/** A picture that stands for the forum's name; sizes are in pixels of the file. */
export interface Logo {
  readonly path: string
  readonly width: number
  readonly height: number
  /** The theme under which it needs a plate behind it. */
  readonly plate: 'none' | 'light' | 'dark'
}

const logo: Setting<Logo | null> = {
  type: z
    .object({
      path: z.string(),
      width: z.number(),
      height: z.number(),
      plate: z.enum(['none', 'light', 'dark']),
    })
    .nullable(),
  default: null,
  group: 'appearance',
  control: 'picture',
}

/** The small picture in a browser's tab; always a square. */
export interface Favicon {
  readonly path: string
}

const favicon: Setting<Favicon | null> = {
  type: z.object({ path: z.string() }).nullable(),
  default: null,
  group: 'appearance',
  control: 'picture',
}

const publicAddress: Setting<string> = {
  type: z
    .string()
    .trim()
    .refine(value => value === '' || isPublicAddress(value))
    .transform(value => (value === '' ? '' : new URL(value).origin)),
  default: '',
  group: 'general',
  control: 'url',
}

const registration: Setting<Registration> = {
  type: z.enum(['open', 'approval', 'invitation', 'closed']),
  default: 'open',
  group: 'accounts',
  control: 'select',
  options: ['open', 'approval', 'invitation', 'closed'],
  namedOptions: true,
}

const verifyEmail: Setting<string> = {
  type: z.enum(['auto', 'off', 'posting', 'anything']),
  default: 'auto',
  group: 'accounts',
  control: 'select',
  options: ['auto', 'off', 'posting', 'anything'],
  namedOptions: true,
}

const smtpUrl: Setting<string> = {
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

const mailFrom: Setting<string> = {
  type: z.union([z.literal(''), z.email().max(254)]),
  default: '',
  group: 'mail',
  control: 'text',
  wrong: 'mail_from',
}

const customCss: Setting<string> = {
  type: z.string().trim().max(largestStyleSheet).refine(isStyleSheet),
  default: '',
  group: 'appearance',
  control: 'textarea',
  wrong: 'custom_css',
}

function links(): Setting<string> {
  return {
    type: z.string().trim().max(2000).refine(isListOfLinks),
    default: '',
    group: 'appearance',
    control: 'textarea',
    wrong: 'links',
  }
}

const remoteImages: Setting<'keep' | 'link'> = {
  type: z.enum(['keep', 'link']),
  default: 'keep',
  group: 'writing',
  control: 'select',
  options: ['keep', 'link'],
  namedOptions: true,
}

function isListOfPorts(value: string): boolean {
  const ports = value.split(/[\s,]+/)
  return ports.every(port => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535)
}

const outwardPorts: Setting<string> = {
  type: z.string().trim().max(60).refine(isListOfPorts),
  default: '80 443',
  group: 'writing',
  control: 'text',
  wrong: 'outward_ports',
}

type AnySetting =
  | Setting<string>
  | Setting<Registration>
  | Setting<'keep' | 'link'>
  | Setting<number>
  | Setting<boolean>
  | Setting<Logo | null>
  | Setting<Favicon | null>

/** Every setting of the forum: adding one is adding an entry here and its two phrases. */
export const registry = {
  forum_name: required('general', 'Stoa', 60),
  forum_description: text('general', '', 300, 'textarea'),
  base_url: publicAddress,
  time_zone: timeZone,
  accent,
  logo,
  favicon,
  header_links: links(),
  footer_links: links(),
  custom_css: customCss,
  posts_per_page: number('reading', 20, 5, 100),
  topics_per_page: number('reading', 25, 5, 100),
  post_max_length: number('writing', 100_000, 500, 200_000),
  post_max_emoji: number('writing', 75, 0, 10_000),
  signatures: onOff('writing', true),
  signature_max_length: number('writing', 300, 20, 2000),
  signature_max_lines: number('writing', 4, 1, 20),
  title_max_length: number('writing', 150, 20, 250),
  posts_per_hour: number('writing', 60, 1, 10_000),
  hold_first_links: onOff('writing', true),
  link_cards: onOff('writing', true),
  remote_images: remoteImages,
  outward_ports: outwardPorts,
  report_reasons: text('writing', '', 2000, 'textarea'),
  guest_reports: onOff('guests', true),
  claim_days: number('guests', 7, 1, 90),
  claims_per_address: number('guests', 20, 1, 1000),
  claims_per_email: number('guests', 3, 1, 100),
  claim_mails_per_hour: number('guests', 100, 0, 100_000),
  claim_repeat_minutes: number('guests', 10, 1, 1440),
  registration,
  password_min_length: number('accounts', 10, 8, 72),
  sign_in_tries_account: number('accounts', 10, 3, 1000),
  sign_in_tries_address: number('accounts', 30, 3, 10_000),
  registrations_per_address: number('accounts', 10, 1, 1000),
  remember_days: number('accounts', 60, 1, 400),
  verify_email: verifyEmail,
  honeypot: onOff('spam', true),
  minimum_time: onOff('spam', true),
  minimum_time_seconds: number('spam', 3, 1, 60),
  questions: onOff('spam', true),
  proof_of_work: onOff('spam', true),
  proof_of_work_cost: number('spam', 1000, 10, 50_000),
  blocks: onOff('spam', true),
  smtp_url: smtpUrl,
  mail_from: mailFrom,
  deleted_days: number('privacy', 30, 1, 3650),
  address_days: number('privacy', 90, 1, 3650),
  leave_days: number('privacy', 14, 1, 90),
  maintenance: onOff('maintenance', false),
  maintenance_text: text('maintenance', '', 1000, 'textarea'),
  backup_nightly: onOff('backups', true),
  backup_hour: number('backups', 3, 0, 23),
  backup_keep: number('backups', 7, 1, 365),
  backup_before_update: onOff('backups', true),
} satisfies Record<string, AnySetting>

export type SettingKey = keyof typeof registry
type ValueOf<S> = S extends Setting<infer T> ? T : never
export type Settings = { readonly [K in SettingKey]: ValueOf<(typeof registry)[K]> }

/** What the forum starts with. */
export const defaults = Object.fromEntries(
  Object.entries(registry).map(([key, setting]) => [key, setting.default]),
) as unknown as Settings
