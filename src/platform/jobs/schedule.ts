import { type Db, withoutSync } from '../store/index.ts'
import { enqueue } from './enqueue.ts'
import { nextRuns, takeTurn } from './queries.ts'

/** A job that comes again by itself, once in each interval however many processes there are. */
export interface Schedule {
  readonly name: string
  /** At most so long until the next time. */
  readonly everyMs: number
  /** When it is next to come, where that is a time of the day: then its first time is not at once. */
  next?(db: Db, now: number): Promise<number>
}

/** The key of its waiting job, of which there is one. */
export const scheduleKey = (name: string) => `every:${name}`

/** Enqueues those whose time has come; one that nobody has ever run is due at once. */
export async function enqueueDueSchedules(db: Db, schedules: readonly Schedule[], now = Date.now()): Promise<void> {
  if (schedules.length === 0) return
  const known = await nextRuns(
    db,
    schedules.map(({ name }) => name),
  )
  for (const { name, everyMs, next } of schedules) {
    const at = known.get(name)
    if (at !== undefined && at > now && at <= now + everyMs) continue
    const isDue = next ? at !== undefined && at <= now : true
    const nextAt = next ? await next(db, now) : now + everyMs
    // Turn and job are lost together, if they are, and the turn is then taken again.
    await withoutSync(db, async tx => {
      if ((await takeTurn(tx, name, now, nextAt)) && isDue)
        await enqueue(tx, name, null, { key: scheduleKey(name), runAt: now })
    })
  }
}
