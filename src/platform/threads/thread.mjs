// Every thread begins here. Plain JavaScript, so that what Node.js compiled and kept is found before it reads any TypeScript.
import module from 'node:module'
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { preferWholeFiles } from '../../bundles/prefer.mjs'

const { file, compiled, niceness } = workerData

// Before anything else: loading modules takes a processor, too.
giveWay()
if (compiled) module.enableCompileCache(compiled)
preferWholeFiles()
const { answer } = await import(file)
parentPort?.on('message', async task => {
  if (task === null) return end()
  try {
    parentPort?.postMessage({ answer: await answer(task) })
  } catch (error) {
    parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})

/** Nothing more to do. V8 keeps the pages of a thread that ended for eight seconds: they shall be few. */
function end() {
  globalThis.gc?.({ type: 'major', flavor: 'last-resort' })
  process.exit()
}

/** Only Linux counts threads one by one: elsewhere this would slow the whole process down. */
function giveWay() {
  if (process.platform !== 'linux') return
  try {
    setPriority(niceness)
  } catch {
    // A system that does not allow it runs us as it runs the others.
  }
}
