import { z } from 'zod'
import { registry, type Setting, type SettingGroup, type SettingKey } from './registry.ts'

/** The settings of one room of the settings pages, in their order. */
export function settingsIn(group: SettingGroup): SettingKey[] {
  return (Object.keys(registry) as SettingKey[]).filter(key => registry[key].group === group)
}

/** Takes the form of one room of the settings pages, as browsers send it. Messages are the phrase `settings.<control>_wrong`. */
export function settingsForm(group: SettingGroup): z.ZodType<Record<string, unknown>> {
  return z.object(Object.fromEntries(settingsIn(group).map(key => [key, fieldOf(registry[key])])))
}

function fieldOf(setting: Setting<string> | Setting<number> | Setting<boolean>): z.ZodType {
  if (setting.control === 'switch') return z.preprocess(value => value !== undefined && value !== '', z.boolean())
  // An empty number is not a zero, and a missing field is not a word.
  const filled = z.string().refine(value => setting.control !== 'number' || /^\d{1,9}$/.test(value.trim()))
  return z.unknown().transform((value, context) => {
    const read = filled.pipe(setting.type as z.ZodType<unknown, string>).safeParse(value)
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: `settings.${setting.control}_wrong` })
    return z.NEVER
  })
}
