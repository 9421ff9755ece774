/** How moments (epoch milliseconds) are written for someone. */
export type Times = { date(ms: number): string; dateTime(ms: number): string; iso(ms: number): string }

const known = new Map<string, Times>()

/** Dates and times in a language and time zone; an unknown zone counts as UTC. */
export function times(locale: string, timeZone: string): Times {
  const key = `${locale} ${timeZone}`
  let made = known.get(key)
  if (!made) {
    made = makeTimes(locale, isTimeZone(timeZone) ? timeZone : 'UTC')
    known.set(key, made)
  }
  return made
}

/** Whether this names a time zone, such as Europe/Athens. */
export function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9/_+-]{1,60}$/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

function makeTimes(locale: string, timeZone: string): Times {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return {
    date: ms => date.format(ms),
    dateTime: ms => dateTime.format(ms),
    iso: ms => new Date(ms).toISOString(),
  }
}
