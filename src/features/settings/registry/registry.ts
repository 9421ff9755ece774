import { z } from 'zod'
import { isTimeZone } from '../../../platform/locale/index.ts'
import { accent, customCss, type Favicon, favicon, type Logo, links, logo } from './appearance.ts'
import { mailFrom, outwardPorts, publicAddress, smtpUrl } from './network.ts'
import { number, oneOf, onOff, required, type Setting, text } from './setting.ts'

/** Who may register: anybody, anybody whom an administrator then takes in, whoever has an invitation, or nobody. */
export type Registration = 'open' | 'approval' | 'invitation' | 'closed'

const timeZone: Setting<string> = {
  type: z.string().refine(isTimeZone),
  default: 'UTC',
  group: 'general',
  control: 'select',
  options: ['UTC', ...Intl.supportedValuesOf('timeZone').filter(name => name !== 'UTC')],
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
  remote_images: oneOf('writing', 'keep', ['keep', 'link']),
  outward_ports: outwardPorts,
  report_reasons: text('writing', '', 2000, 'textarea'),
  guest_reports: onOff('guests', true),
  claim_days: number('guests', 7, 1, 90),
  claims_per_address: number('guests', 20, 1, 1000),
  claims_per_email: number('guests', 3, 1, 100),
  claim_mails_per_hour: number('guests', 100, 0, 100_000),
  claim_repeat_minutes: number('guests', 10, 1, 1440),
  registration: oneOf<Registration>('accounts', 'open', ['open', 'approval', 'invitation', 'closed']),
  password_min_length: number('accounts', 10, 8, 72),
  sign_in_tries_account: number('accounts', 10, 3, 1000),
  sign_in_tries_address: number('accounts', 30, 3, 10_000),
  registrations_per_address: number('accounts', 10, 1, 1000),
  remember_days: number('accounts', 60, 1, 400),
  verify_email: oneOf<string>('accounts', 'auto', ['auto', 'off', 'posting', 'anything']),
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
