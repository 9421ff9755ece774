import { z } from 'zod'

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
  /** Changing it asks for the password again, in a room that else does not. */
  readonly guarded?: true
  /** What of it nobody may read: how it is shown and written down, and put back in the place of what stands there now. */
  readonly secret?: {
    mask(value: T): T
    /** Null where it stands for nothing that is still known. */
    unmask(masked: T, now: T): T | null
  }
}

export function text(
  group: SettingGroup,
  value: string,
  max: number,
  control: 'text' | 'textarea' = 'text',
): Setting<string> {
  return { type: z.string().trim().max(max), default: value, group, control }
}

export function required(group: SettingGroup, value: string, max: number): Setting<string> {
  return { ...text(group, value, max), type: z.string().trim().min(1).max(max) }
}

export function number(group: SettingGroup, value: number, least: number, most: number): Setting<number> {
  const type = z.coerce.number().int().min(least).max(most)
  return { type, default: value, group, control: 'number', range: [least, most] }
}

export function onOff(group: SettingGroup, value: boolean): Setting<boolean> {
  return { type: z.boolean(), default: value, group, control: 'switch' }
}

/** One of these words, each with a phrase. */
export function oneOf<const T extends string>(group: SettingGroup, value: T, options: readonly T[]): Setting<T> {
  return { type: z.enum(options), default: value, group, control: 'select', options, namedOptions: true }
}
