import { getPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'

export type Task = 'who' | 'forever' | 'fail' | 'hoard'

/** What the threads of a test do. */
export async function answer(task: Task): Promise<{ thread: number; priority: number }> {
  if (task === 'fail') throw new Error('the flour is out')
  if (task === 'forever') await setTimeout(60_000)
  for (const heap: string[][] = []; task === 'hoard'; )
    heap.push(Array.from({ length: 10_000 }, (_, at) => `${at} sacks`))
  return { thread: threadId, priority: getPriority() }
}
