import { Invalid } from '../../platform/errors.ts'
import type { Answer, Task } from './pool.ts'
import { work } from './work.ts'

/** Errors lose their class on the way between threads. */
export function answer({ kind, args }: Task): Answer {
  const act: (...args: never[]) => unknown = work[kind]
  try {
    return { done: act(...(args as never[])) }
  } catch (error) {
    if (error instanceof Invalid) return { refused: error.errors }
    throw error
  }
}
