import type { Db } from '../../../platform/store/index.ts'
import { type BusyDay, countBetween, countedDays, dropDays, keepDay } from './queries.ts'

const dayMs = 24 * 60 * 60 * 1000
const shownDays = 30

/** Of the day in UTC that this moment lies in. */
function beginningOf(moment: number): number {
  return moment - (moment % dayMs)
}

/**
 * Counts the days that are over and were not counted yet, of the last thirty: what the overview shows need not be counted
 * while somebody waits for it.
 */
export async function countBusyDays(db: Db, now = Date.now()): Promise<void> {
  const today = beginningOf(now)
  const first = today - shownDays * dayMs
  const known = new Set((await countedDays(db, first)).map(({ day }) => day))
  for (let day = first; day < today; day += dayMs)
    if (!known.has(day)) await keepDay(db, { day, ...(await countBetween(db, day, day + dayMs)) })
  await dropDays(db, first)
}

/** The last thirty days, oldest first, with today as it is by now; nothing where a day was not counted yet. */
export async function busyDays(db: Db, now: number): Promise<BusyDay[]> {
  const today = beginningOf(now)
  const first = today - (shownDays - 1) * dayMs
  const known = new Map((await countedDays(db, first)).map(row => [row.day, row]))
  const soFar = await countBetween(db, today, now + 1)
  return Array.from({ length: shownDays }, (_, index) => {
    const day = first + index * dayMs
    return day === today ? { day, ...soFar } : (known.get(day) ?? { day, posts: 0, topics: 0, members: 0 })
  })
}
