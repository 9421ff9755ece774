import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { ServerProcess } from './server-process.ts'

/**
 * While `act` goes on servers have one processor and we, who load them, another one. Else Linux now and then puts both
 * ends of a connection on the same one, each to wait for the other, for as long as a whole case. Only for what happens
 * in the main thread of a server: threads that it starts meanwhile would stay with it. Where there is one processor, or
 * nothing to place processes with, they are left where they are.
 */
export async function apart<T>(servers: readonly ServerProcess[], act: () => Promise<T>): Promise<T> {
  const all = allowedProcessors()
  const [first, second] = listed(all)
  const pids = servers.map(({ pid }) => pid)
  if (second === undefined) return act()
  try {
    const placed = pids.every(pid => place(pid, String(first))) && place(process.pid, String(second))
    if (!placed) console.log('Nothing keeps the servers and whoever loads them apart here')
    return await act()
  } finally {
    for (const pid of [...pids, process.pid]) place(pid, all)
  }
}

/** As Linux lists them: 0-3,8 */
function allowedProcessors(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}

function listed(processors: string): number[] {
  return processors.split(',').flatMap(range => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 || 0 }, (_, index) => from + index)
  })
}

/** Of a process its main thread alone. Whether that could be done. */
function place(pid: number, processors: string): boolean {
  try {
    execFileSync('taskset', ['-pc', processors, String(pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
