import { Invalid, msg } from '../../platform/errors.ts'
import { isLocale, isTimeZone } from '../../platform/locale/index.ts'
import { bumpRevisions, type Db, inTransaction } from '../../platform/store/index.ts'
import { memberById, updateMember } from '../members/index.ts'

/** What a member chooses for themselves; empty: as the browser or the forum says. */
export interface PreferenceValues {
  readonly locale: string
  readonly time_zone: string
  readonly theme: string
  /** Whether others are told that they are online. */
  readonly show_online: boolean
  /** Whether they see what others let stand under their posts. */
  readonly show_signatures: boolean
}

/** Stores them. Throws Invalid for a language or time zone that we do not have. */
export async function changePreferences(db: Db, memberId: number, values: PreferenceValues): Promise<void> {
  const { locale, time_zone, theme, show_online, show_signatures } = values
  if (locale && !isLocale(locale)) throw new Invalid({ locale: msg('accounts.locale_wrong') })
  if (time_zone && !isTimeZone(time_zone)) throw new Invalid({ time_zone: msg('accounts.time_zone_wrong') })
  const chosen = { locale: locale || null, time_zone: time_zone || null, theme: storedTheme(theme) }
  const hide_online = show_online ? 0 : 1
  await inTransaction(db, async tx => {
    const before = await memberById(tx, memberId)
    await updateMember(tx, memberId, { ...chosen, hide_online, hide_signatures: show_signatures ? 0 : 1 })
    // Whoever hides is gone from cached pages at once: the comparison of who is online comes up to a minute later.
    if (before?.hide_online !== hide_online) await bumpRevisions(tx, 'online')
  })
}

/** Stores the theme alone. */
export async function changeTheme(db: Db, memberId: number, theme: string): Promise<void> {
  await inTransaction(db, tx => updateMember(tx, memberId, { theme: storedTheme(theme) }))
}

/** The system's theme is no choice. */
function storedTheme(theme: string): 'light' | 'dark' | null {
  return theme === 'light' || theme === 'dark' ? theme : null
}
