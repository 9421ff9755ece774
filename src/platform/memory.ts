import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { runInNewContext } from 'node:vm'

export type GivingBack = {
  /** How often to look whether there is anything to do, in milliseconds. */
  readonly everyMs?: number
  /** How many looks in a row must find nothing to do. The first time, just after the start, two are enough. */
  readonly calm?: number
  /** How much must have come since the last time for it to be worth the pause, in bytes. */
  readonly worth?: number
  readonly collect?: () => void
}

/** Less of the time was worked: not even one page was made. */
const quietShare = 0.02
const calmAtFirst = 2

/**
 * Gives memory back to the system once nothing was to be done for ten seconds. V8 collects garbage when there is no room for
 * more, and keeps the pages it emptied: a forum that nobody visits would stay as large as its busiest hour made it. That
 * takes a tenth of a second or two, during which nobody is answered, so it is only done when nobody is likely to come just
 * then, and after at least 8 MB have come. Without `--expose-gc`, nothing is done. What it returns ends the looking.
 */
export function giveBackWhenIdle({
  everyMs = 500,
  calm = 20,
  worth = 8_000_000,
  collect = collector(),
}: GivingBack = {}): () => void {
  if (!collect) return () => undefined
  let before = performance.eventLoopUtilization()
  let quiet = 0
  let needed = calmAtFirst
  let kept = 0
  const look = () => {
    const now = performance.eventLoopUtilization()
    quiet = performance.eventLoopUtilization(now, before).utilization < quietShare ? quiet + 1 : 0
    before = now
    if (quiet < needed || taken() < kept + worth) return
    collect()
    needed = calm
    kept = taken()
  }
  const looking = setInterval(look, everyMs).unref()
  return () => clearInterval(looking)
}

/** Bytes of the heap and of what hangs on it. */
function taken(): number {
  const { total_physical_size: heap, external_memory: outside } = getHeapStatistics()
  return heap + outside
}

/** A last resort is the only kind of collection that gives emptied pages back to the system. */
function collector(): (() => void) | undefined {
  const gc: unknown = runInNewContext('globalThis.gc')
  return typeof gc === 'function' ? () => void gc({ type: 'major', flavor: 'last-resort' }) : undefined
}
