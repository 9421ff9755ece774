import { performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { runInNewContext } from 'node:vm'

export type GivingBack = {
  /** What else can be given back, before garbage is collected. */
  readonly also?: () => void
  /** How often to look whether there is anything to do, in milliseconds. */
  readonly everyMs?: number
  /** How many looks must have found next to nothing to do. The first time, just after the start, two are enough. */
  readonly calm?: number
  /** How much must have come since the last time for it to be worth the pause, in bytes. */
  readonly worth?: number
  readonly collect?: () => void
}

/** Less of the time was worked: not even one page was made. */
const quietShare = 0.02
/** So many of the looks may find work: what V8 collects by itself, which it does just when nobody asks for anything. */
const busyShare = 0.15
/** And none of the last ones. */
const lastLooks = 4
const calmAtFirst = 2

/**
 * Gives memory back to the system once next to nothing was to be done for ten seconds. V8 collects garbage when there is
 * no room for more, and keeps the pages it emptied: a forum that nobody visits would stay as large as its busiest hour made
 * it. That takes a tenth of a second or two, during which nobody is answered, so it is only done when nobody is likely to
 * come just then, and after at least 8 MB have come. Without `--expose-gc`, nothing is done. What it returns ends the
 * looking.
 */
export function giveBackWhenIdle({
  also,
  everyMs = 500,
  calm = 20,
  worth = 8_000_000,
  collect = collector(),
}: GivingBack = {}): () => void {
  if (!collect) return () => undefined
  let before = performance.eventLoopUtilization()
  let busyLooks: boolean[] = []
  let needed = calmAtFirst
  let kept = 0
  const look = () => {
    const now = performance.eventLoopUtilization()
    const isBusy = performance.eventLoopUtilization(now, before).utilization >= quietShare
    busyLooks = [...busyLooks, isBusy].slice(-needed)
    before = now
    if (!isCalm(busyLooks, needed) || taken() < kept + worth) return
    also?.()
    collect()
    busyLooks = []
    needed = calm
    kept = taken()
  }
  const looking = setInterval(look, everyMs).unref()
  return () => clearInterval(looking)
}

function isCalm(busyLooks: readonly boolean[], needed: number): boolean {
  const busy = busyLooks.filter(Boolean).length
  return busyLooks.length === needed && busy <= needed * busyShare && !busyLooks.slice(-lastLooks).includes(true)
}

/** Bytes of the heap and of what hangs on it. */
function taken(): number {
  const { total_physical_size: heap, external_memory: outside } = getHeapStatistics()
  return heap + outside
}

/** A last resort is the only kind of collection that gives emptied pages back to the system. */
function collector(): (() => void) | undefined {
  const gc: unknown = runInNewContext('globalThis.gc')
  if (typeof gc !== 'function') return undefined
  return () => {
    // Were nothing in the queue, V8 would forget what has its shape, and never again learn to make it quickly: from then on
    // each `process.nextTick` takes six times as long, and each request has two.
    process.nextTick(() => undefined)
    gc({ type: 'major', flavor: 'last-resort' })
  }
}
