import { parentPort } from 'node:worker_threads'
import { Invalid } from '../../platform/errors.ts'
import type { Answer, Task } from './pool.ts'
import { work } from './work.ts'

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)))

/** Errors lose their class on the way between threads. */
function answer({ kind, args }: Task): Answer {
  const act: (...args: never[]) => unknown = work[kind]
  try {
    return { done: act(...(args as never[])) }
  } catch (error) {
    if (error instanceof Invalid) return { refused: error.errors }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
