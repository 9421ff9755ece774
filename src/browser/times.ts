import { all } from './dom.ts'

// Pages carry absolute times, so that they can be cached; here they become local, and relative when they are near.
const { lang, dataset } = document.documentElement
const timeZone = dataset.zone
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const formatter = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(lang, { ...options, timeZone })
  return (date: Date) => format.format(date)
}
const full = formatter({ dateStyle: 'medium', timeStyle: 'short' })
const inYear = formatter({ day: 'numeric', month: 'short' })
const year = formatter({ year: 'numeric' })
const yearDay = formatter({ year: 'numeric', month: '2-digit', day: '2-digit' })
const dated = formatter({ dateStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' })

const shown: Record<string, (date: Date) => string> = {
  full,
  date: dated,
  month: formatter({ month: 'short', year: 'numeric' }),
  moment: near,
}

function near(date: Date): string {
  const now = new Date()
  const ago = now.getTime() - date.getTime()
  if (ago < -minute || ago >= 7 * day) return year(date) === year(now) ? inYear(date) : dated(date)
  if (ago < minute) return relative.format(0, 'second')
  if (ago < hour) return relative.format(-Math.floor(ago / minute), 'minute')
  if (yearDay(date) === yearDay(now)) return relative.format(-Math.floor(ago / hour), 'hour')
  return relative.format(-Math.max(1, Math.round(ago / day)), 'day')
}

/** Writes a time as its page shows it, by the clock of the browser. */
export function write(element: HTMLTimeElement): void {
  const date = new Date(element.dateTime)
  const show = shown[element.dataset.show ?? '']
  if (!show || Number.isNaN(date.getTime())) return
  const text = show(date)
  if (element.textContent !== text) element.textContent = text
  element.title = full(date)
}

function writeAll(selector: string): void {
  if (document.visibilityState === 'visible') for (const element of all<HTMLTimeElement>(selector)) write(element)
}

writeAll('time[data-show]')
setInterval(() => writeAll('time[data-show="moment"]'), minute)
document.addEventListener('visibilitychange', () => writeAll('time[data-show="moment"]'))

for (const note of all('[data-zone-note]')) {
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  note.textContent = (note.dataset.zoneNote ?? '').replace('%zone%', zone.replaceAll('_', ' '))
}
