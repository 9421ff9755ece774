import { type Db, withoutSync } from '../store/index.ts'
import { enqueue } from './enqueue.ts'
import { schedulesNotDue, takeTurn } from './queries.ts'

/** A job that comes again by itself, once in each interval however many processes there are. */
export type Schedule = { name: string; everyMs: number }

/** Enqueues those whose time has come; one that nobody has ever run is due at once. */
export async function enqueueDueSchedules(db: Db, schedules: readonly Schedule[], now = Date.now()): Promise<void> {
  if (schedules.length === 0) return
  const waiting = await schedulesNotDue(
    db,
    schedules.map(({ name, everyMs }) => ({ name, latest: now + everyMs })),
    now,
  )
  for (const { name, everyMs } of schedules) {
    if (waiting.has(name)) continue
    // Turn and job are lost together, if they are, and the turn is then taken again.
    await withoutSync(db, async tx => {
      if (await takeTurn(tx, name, now, now + everyMs))
        await enqueue(tx, name, null, { key: `every:${name}`, runAt: now })
    })
  }
}
