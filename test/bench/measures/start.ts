import type { ServerProcess } from '../server-process.ts'

/** From the process's start to its first answer, in milliseconds. */
export type Starts = { readonly best: number; readonly median: number; readonly all: readonly number[] }

const tries = 7

/** The first start is not counted: it bundles styles and scripts, and fills the cache of compiled code. */
export async function measureStarts(start: () => Promise<ServerProcess>): Promise<Starts> {
  const all: number[] = []
  await (await start()).end()
  for (let made = 0; made < tries; made++) {
    const server = await start()
    all.push(server.startMs)
    await server.end()
  }
  const sorted = all.toSorted((a, b) => a - b)
  return { best: sorted[0] ?? Number.NaN, median: sorted[tries >> 1] ?? Number.NaN, all }
}
