import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { freePort } from '../support/postgres/ready.ts'
import { ask } from './ask.ts'
import { atEnd, letBe, watchOver } from './endings.ts'

export type ServerOptions = {
  /** Arguments for Node, then the file. */
  readonly args: readonly string[]
  /** A script of the shell that becomes Node.js; without it, the Node.js that runs this is started as it is. */
  readonly launcher?: string
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  /** The path whose first answer says that it serves. */
  readonly probe: string
}

/** `mapped` is the part that is files: the program itself, and what of the database SQLite looks at in place. */
export type MemoryInUse = { readonly resident: number; readonly mapped: number }

/** Clock ticks of /proc in a second: the same on every Linux that Node.js runs on. */
const ticks = 100

const patienceMs = 60_000

/** A server in a process of its own on a free port of this machine. */
export class ServerProcess {
  readonly url: string
  /** From the process's start to its first answer, in milliseconds. */
  readonly startMs: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, url: string, startMs: number) {
    this.#child = child
    this.url = url
    this.startMs = startMs
  }

  /** Resolves with the first answer. Throws with what it said when it ends or keeps silent. */
  static async start({ args, launcher, env, folder, probe }: ServerOptions): Promise<ServerProcess> {
    const port = await freePort()
    const began = performance.now()
    const [program, first] = launcher ? ['sh', [launcher]] : [process.execPath, []]
    const child = spawn(program, [...first, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: String(port), NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const watch = watchOver(child)
    child.once('exit', () => letBe(watch))
    atEnd(() => endChild(child))
    const url = `http://127.0.0.1:${port}`
    await firstAnswer(child, url + probe)
    return new ServerProcess(child, url, performance.now() - began)
  }

  /** 0 where it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** CPU time that all its threads have used so far, in milliseconds; NaN where the system does not tell. */
  cpuMs(): number {
    const fields = readProc(this.#child.pid, 'stat')?.split(') ').at(-1)?.split(' ') ?? []
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks
  }

  /** In MB (10^6 bytes); NaN where the system does not tell. */
  memory(): MemoryInUse {
    const status = readProc(this.#child.pid, 'status') ?? ''
    const megabytes = (name: string) =>
      (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? Number.NaN) * 1024) / 1e6
    return { resident: megabytes('VmRSS'), mapped: megabytes('RssFile') }
  }

  async end(): Promise<void> {
    await endChild(this.#child)
  }
}

function readProc(pid: number | undefined, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}

async function firstAnswer(child: ChildProcess, url: string): Promise<void> {
  let said = ''
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.setEncoding('utf8').on('data', text => {
      said = (said + text).slice(-4000)
    })
  }
  for (const began = performance.now(); performance.now() - began < patienceMs; ) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The server ended: ${said}`)
    const answer = await ask(url).catch(() => undefined)
    if (answer) {
      if (answer.status >= 500) throw new Error(`The server answers ${answer.status}: ${said}`)
      return
    }
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  throw new Error(`The server does not answer: ${said}`)
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 12_000)
  await ended
  clearTimeout(late)
}
