import { recountAll } from '../features/posts/index.ts'
import type { Command } from './command.ts'

/** `recount` */
export const recountCommand: Command = {
  name: 'recount',
  usage: '',
  about: 'repair counters and positions, and say what was off',
  async run({ store, print }) {
    const off = await recountAll(store.db, { repair: true })
    for (const line of off) print(describe(line))
    print(off.length === 0 ? 'Everything was right.' : `${off.length} repaired.`)
    return 0
  },
}

function describe(fault: Awaited<ReturnType<typeof recountAll>>[number]): string {
  return Object.entries(fault)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
