import { type ChildProcess, spawn } from 'node:child_process'

type Ending = () => Promise<unknown> | unknown

const endings: Ending[] = []

/** Done when the run is over, however it ends; the latest first. */
export function atEnd(ending: Ending): void {
  endings.push(ending)
}

let ended: Promise<void> | undefined

/** Does what was left for the end, each once, and goes on when one of them fails. */
export function endAll(): Promise<void> {
  ended ??= endEach()
  return ended
}

async function endEach(): Promise<void> {
  for (let ending = endings.pop(); ending; ending = endings.pop()) {
    await Promise.resolve(ending()).catch(error => console.error(error))
  }
}

let interrupted = false

/** Whatever fails from then on fails because its servers are gone. */
export function isInterrupted(): boolean {
  return interrupted
}

/** On Ctrl-C and the like everything we started is ended before we are. */
export function endWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted = true
      void endAll().finally(() => process.exit(1))
    })
  }
}

/** Ends this process by its id when we are gone without having done so: a shell waits at the end of a pipe of ours. */
export function watchOver({ pid }: ChildProcess): ChildProcess {
  const script = 'read -r _ && exit; kill -KILL "$1"'
  const watch = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  return watch
}

/** The process has ended by itself: whoever has its number next is left alone. */
export function letBe(watch: ChildProcess): void {
  watch.stdin?.on('error', () => {}).end('over\n')
}
