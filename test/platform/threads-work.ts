import { getPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'

export type Task = 'who' | 'forever' | 'fail' | 'hoard' | { readonly meet: SharedArrayBuffer }

/** What the threads of a test do. */
export async function answer(task: Task): Promise<{ thread: number; priority: number }> {
  if (typeof task === 'object') meet(new Int32Array(task.meet))
  if (task === 'fail') throw new Error('the flour is out')
  if (task === 'forever') await setTimeout(60_000)
  for (const heap: string[][] = []; task === 'hoard'; )
    heap.push(Array.from({ length: 10_000 }, (_, at) => `${at} sacks`))
  return { thread: threadId, priority: getPriority() }
}

/** Waits for somebody else in another thread. */
function meet(there: Int32Array<SharedArrayBuffer>): void {
  Atomics.add(there, 0, 1)
  Atomics.notify(there, 0)
  while (Atomics.load(there, 0) < 2) Atomics.wait(there, 0, 1)
}
