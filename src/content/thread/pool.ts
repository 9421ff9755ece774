import { availableParallelism } from 'node:os'
import { Invalid, type Message, msg } from '../../platform/errors.ts'
import { Threads } from '../../platform/threads/index.ts'
import type { Work } from './work.ts'

export type Task = { readonly kind: keyof Work; readonly args: readonly unknown[] }

export type Answer = { readonly done: unknown } | { readonly refused: Record<string, Message> }

/** No text within the limits comes near what a thread may take of time and memory. */
const threads = new Threads<Task, Answer>({
  file: new URL('./worker.ts', import.meta.url),
  name: 'compose',
  most: Math.min(2, availableParallelism()),
  waiting: 20,
  busy: msg('content.busy'),
  longestMs: 10_000,
  heapMb: 96,
})

/** Does it away from the thread that answers requests. Throws Unavailable when too many wait already. */
export async function inThread<K extends keyof Work>(
  kind: K,
  ...args: Parameters<Work[K]>
): Promise<ReturnType<Work[K]>> {
  const answer = await threads.run({ kind, args })
  if ('refused' in answer) throw new Invalid(answer.refused)
  return answer.done as ReturnType<Work[K]>
}
