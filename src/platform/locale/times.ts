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
    date: eachMinuteOnce(ms => date.format(ms)),
    dateTime: eachMinuteOnce(ms => dateTime.format(ms)),
    iso: ms => new Date(ms).toISOString(),
  }
}

const minute = 60_000
const mostKept = 5000
/** Before, some zones were some seconds off. */
const wholeMinutesSince = Date.UTC(1973, 0)

/** What is written without seconds is the same for a whole minute, and pages name the same moments over and over. */
function eachMinuteOnce(write: (ms: number) => string): (ms: number) => string {
  const kept = new Map<number, string>()
  return ms => {
    if (!(ms >= wholeMinutesSince)) return write(ms)
    const at = Math.floor(ms / minute)
    const known = kept.get(at)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const written = write(ms)
    kept.set(at, written)
    return written
  }
}
