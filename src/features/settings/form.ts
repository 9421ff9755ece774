import { z } from 'zod'
import { registry, type SettingKey, type Settings } from './registry/registry.ts'
import type { Setting, SettingGroup } from './registry/setting.ts'

/** The settings of one room of the settings pages that its form holds, in their order. A picture has a form of its own. */
export function settingsIn(group: SettingGroup): SettingKey[] {
  const isInForm = (key: SettingKey) => registry[key].group === group && registry[key].control !== 'picture'
  return (Object.keys(registry) as SettingKey[]).filter(isInForm)
}

/** Takes the form of one room of the settings pages, as browsers send it. Messages are the phrase `settings.<control>_wrong`. */
export function settingsForm(group: SettingGroup): z.ZodType<Record<string, unknown>> {
  return z.object(Object.fromEntries(settingsIn(group).map(key => [key, fieldOf(registry[key])])))
}

/** Whether what a browser sent would change a setting for which the password is asked again. */
export function changesGuarded(sent: Readonly<Record<string, unknown>>, now: Settings): boolean {
  return (Object.keys(registry) as SettingKey[]).some(key => {
    const setting: Setting<unknown> = registry[key]
    const read = setting.guarded && key in sent ? fieldOf(setting).safeParse(sent[key]) : undefined
    return read?.success === true && read.data !== now[key] && isChanged(key, read.data, sent)
  })
}

/**
 * Of the values of a form those that differ from what its page showed, which travels beside each as JSON: what somebody
 * else has changed meanwhile stays.
 */
export function changedValues(values: Partial<Settings>, sent: Readonly<Record<string, unknown>>): Partial<Settings> {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => isChanged(key as SettingKey, value, sent)))
}

/** A secret was not shown. */
function isChanged(key: SettingKey, value: unknown, sent: Readonly<Record<string, unknown>>): boolean {
  const { secret }: Setting<unknown> = registry[key]
  return secret !== undefined || sent[`was-${key}`] !== JSON.stringify(value)
}

function fieldOf(setting: Setting<unknown>): z.ZodType {
  if (setting.control === 'switch') return z.preprocess(value => value !== undefined && value !== '', z.boolean())
  // An empty number is not a zero, and a missing field is not a word.
  const filled = z.string().refine(value => setting.control !== 'number' || /^\d{1,9}$/.test(value.trim()))
  return z.unknown().transform((value, context) => {
    const read = filled.pipe(setting.type as z.ZodType<unknown, string>).safeParse(value)
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: `settings.${setting.wrong ?? setting.control}_wrong` })
    return z.NEVER
  })
}
