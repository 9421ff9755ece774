import type { T } from '../../platform/locale/index.ts'
import { registry, type SettingGroup, type SettingKey } from '../settings/index.ts'

export interface FoundSetting {
  readonly label: string
  readonly help: string
  readonly group: string
  readonly href: string
}

const mostWords = 10
/** Of what is asked for: some characters become eighteen when they are made plain. */
const mostCharacters = 200

/** The settings whose name, help, choices or room hold all of these words, in the reader's language. */
export function searchSettings(text: string, t: T): FoundSetting[] {
  const words = plain(text.slice(0, mostCharacters)).split(/\s+/).filter(Boolean).slice(0, mostWords)
  if (words.length === 0) return []
  return (Object.keys(registry) as SettingKey[]).flatMap(key => {
    const { group, options = [], namedOptions } = registry[key]
    const [label, help] = [t(`settings.${key}_label`), t(`settings.${key}_help`, { size: 4 })]
    const choices = namedOptions ? options.map(option => t(`settings.${key}_${option}`)) : []
    const room = t(`settings.group_${group}`)
    const told = plain([label, help, room, key.replaceAll('_', ' '), ...choices].join(' '))
    return words.every(word => told.includes(word)) ? [{ label, help, group: room, href: placeOf(group, key) }] : []
  })
}

function placeOf(group: SettingGroup, key: SettingKey): string {
  const field = registry[key].control === 'picture' ? key : `field-${key}`
  if (group === 'mail' || group === 'spam') return `/admin/${group}#${field}`
  return `/admin/settings/${group}#${field}`
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
