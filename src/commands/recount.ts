import { recountAll } from '../features/posts/index.ts'
import type { Command } from './command.ts'

/** `recount` */
export const recountCommand: Command = {
  name: 'recount',
  usage: '',
  about: 'repair counters and positions, and say what was off',
  async run({ store, print }) {
    const off = await recountAll(store.db, { repair: true })
    for (const line of off) print(describeOff(line))
    print(off.length === 0 ? 'Everything was right.' : `${off.length} repaired.`)
    return 0
  },
}

/** "table topics, id 7, column post_count, was 3, should 4". */
export function describeOff(fault: Awaited<ReturnType<typeof recountAll>>[number]): string {
  return Object.entries(fault)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
