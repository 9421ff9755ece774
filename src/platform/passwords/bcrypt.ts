import { availableParallelism } from 'node:os'
import bcrypt from 'bcrypt'
import { Threads } from '../threads/index.ts'
import type { Task } from './thread.ts'

/** How many are worth hashing at the same time: more than this, and each takes longer. */
export const hashesAtOnce = Math.min(2, availableParallelism())

/** Up to here a hash takes less time than a thread takes to start. */
const cheap = 8

/** Node's own threads run at the priority of the one that answers requests, which then waits for a processor. */
const threads = new Threads<Task, string | boolean>({
  file: new URL('./thread.ts', import.meta.url),
  name: 'passwords',
  most: hashesAtOnce,
  waiting: Number.POSITIVE_INFINITY,
  heapMb: 16,
})

export async function hash(digest: string, cost: number): Promise<string> {
  return cost <= cheap ? bcrypt.hash(digest, cost) : String(await threads.run({ digest, cost }))
}

export async function matches(digest: string, hash: string): Promise<boolean> {
  if (bcrypt.getRounds(hash) <= cheap) return bcrypt.compare(digest, hash)
  return (await threads.run({ digest, hash })) === true
}
