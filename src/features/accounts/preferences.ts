import { Invalid, msg } from '../../platform/errors.ts'
import { isLocale, isTimeZone } from '../../platform/locale/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { updateMember } from '../members/index.ts'

/** What a member chooses for themselves; empty: as the browser or the forum says. */
export interface PreferenceValues {
  readonly locale: string
  readonly time_zone: string
  readonly theme: string
}

/** Stores them. Throws Invalid for a language or time zone that we do not have. */
export async function changePreferences(db: Db, memberId: number, values: PreferenceValues): Promise<void> {
  const { locale, time_zone, theme } = values
  if (locale && !isLocale(locale)) throw new Invalid({ locale: msg('accounts.locale_wrong') })
  if (time_zone && !isTimeZone(time_zone)) throw new Invalid({ time_zone: msg('accounts.time_zone_wrong') })
  const chosen = { locale: locale || null, time_zone: time_zone || null, theme: storedTheme(theme) }
  await inTransaction(db, tx => updateMember(tx, memberId, chosen))
}

/** Stores the theme alone. */
export async function changeTheme(db: Db, memberId: number, theme: string): Promise<void> {
  await inTransaction(db, tx => updateMember(tx, memberId, { theme: storedTheme(theme) }))
}

/** The system's theme is no choice. */
function storedTheme(theme: string): 'light' | 'dark' | null {
  return theme === 'light' || theme === 'dark' ? theme : null
}
