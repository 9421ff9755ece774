import { Threads } from '../../platform/threads/index.ts'
import type { Keeping } from './keeping.ts'
import type { Done, Task } from './thread.ts'

/** Of long ones there is one at a time; the second thread looks into a backup for whoever asks meanwhile. */
const threads = new Threads<Task, Done>({
  file: new URL('./thread.ts', import.meta.url),
  name: 'backups',
  most: 2,
  waiting: 20,
  heapMb: 512,
})

/** Does it in a thread that gives way to whoever answers people. Throws what nobody could foresee. */
export function beside(task: Task): Promise<Done> {
  return threads.run(task)
}

/** What a thread is told of where the forum lies: only what can be sent there. */
export function placeOf({ database, dataDir, secretFile }: Keeping) {
  return { database: { ...database }, dataDir, secretFile }
}
