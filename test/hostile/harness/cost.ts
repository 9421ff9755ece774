/** Milliseconds of processor time, begun ones as whole ones. */
export type Cost = {
  /** Of the thread that answers everybody. */
  readonly here: number
  /** Of the whole process. */
  readonly all: number
}

/**
 * What something costs. What costs more than allowed is looked at again, up to so many times: a collection of what other
 * tests have left counts as well, and what is slow is so each time.
 */
export async function costOf(act: () => unknown, isLittle: (cost: Cost) => boolean, times = 3): Promise<Cost> {
  for (let time = 1; ; time++) {
    const [all, here] = [process.cpuUsage(), process.threadCpuUsage()]
    await act()
    const cost = { here: millisecondsOf(process.threadCpuUsage(here)), all: millisecondsOf(process.cpuUsage(all)) }
    if (time === times || isLittle(cost)) return cost
  }
}

function millisecondsOf({ user, system }: NodeJS.CpuUsage): number {
  return Math.ceil((user + system) / 1000)
}
