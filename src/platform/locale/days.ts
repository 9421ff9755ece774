const hour = 60 * 60_000

/** The moment (epoch ms) at which a day, written `2026-11-30`, ends in a time zone. */
export function endOfDay(day: string, timeZone: string): number {
  return midnight(day, 1, timeZone)
}

/** The moment at which it begins. */
export function startOfDay(day: string, timeZone: string): number {
  return midnight(day, 0, timeZone)
}

function midnight(day: string, daysLater: number, timeZone: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const wall = Date.UTC(year, month - 1, date + daysLater)
  // The zone's offset may be another one at the moment that is found first.
  const near = wall - offsetAt(wall, timeZone)
  return wall - offsetAt(near, timeZone)
}

/** The next moment (epoch ms) after this one at which clocks in a time zone show this full hour. */
export function nextHour(hourOfDay: number, timeZone: string, after: number): number {
  const dayMs = 24 * hour
  const local = after + offsetAt(after, timeZone)
  const today = local - (local % dayMs) + hourOfDay * hour
  for (let wall = today; ; wall += dayMs) {
    const near = wall - offsetAt(wall, timeZone)
    const moment = wall - offsetAt(near, timeZone)
    if (moment > after) return moment
  }
}

/** How far clocks in the zone are ahead of UTC then, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const written = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(moment)
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(written) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * hour + Number(minutes) * 60_000)
}
