import { parentPort } from 'node:worker_threads'
import { Invalid } from '../../platform/errors.ts'
import { composeHere } from '../pipeline.ts'
import type { Answer, Task } from './pool.ts'

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answer(task)))

/** Errors lose their class on the way between threads. */
function answer({ draft, options }: Task): Answer {
  try {
    return { composed: composeHere(draft, options) }
  } catch (error) {
    if (error instanceof Invalid) return { refused: error.errors }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
