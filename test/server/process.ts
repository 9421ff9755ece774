import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { DatabaseConfig } from '../../src/platform/store/index.ts'
import { afterwards } from '../support/afterwards.ts'

const ours = join(import.meta.dirname, '../..')

export type ForumOptions = {
  env?: Readonly<Record<string, string>>
  /** Where it is started; one of its own when left out. */
  folder?: string
  /** The forum's own files; those of this repository when left out. */
  code?: string
  database?: DatabaseConfig
  /** Arguments for Node itself. */
  args?: readonly string[]
  /** A file that takes what it prints; otherwise we hear it. */
  log?: string
}

/** A folder that holds these files and is gone when the test is over. */
export function folderWith(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-process-'))
  afterwards(t, () => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** Starts the forum as whoever operates it does: a process that knows nothing but its environment. */
export function startForum(t: TestContext, options: ForumOptions = {}): ForumProcess {
  const folder = options.folder ?? folderWith(t)
  const env = { PATH: process.env.PATH, PORT: '0', BCRYPT_COST: '4', ...databaseEnv(options.database), ...options.env }
  const out = options.log === undefined ? 'pipe' : openSync(options.log, 'a')
  const stdio: StdioOptions = ['ignore', out, 'pipe']
  const start = join(options.code ?? ours, 'src/start.mjs')
  const child = spawn(process.execPath, [...(options.args ?? []), start], { cwd: folder, env, stdio })
  if (typeof out === 'number') closeSync(out)
  const forum = new ForumProcess(child, options.log)
  afterwards(t, () => forum.end('SIGKILL').then(() => undefined))
  return forum
}

function databaseEnv(database?: DatabaseConfig): Record<string, string> {
  if (!database) return {}
  return { DATABASE_URL: database.kind === 'sqlite' ? database.file : database.url }
}

export class ForumProcess {
  /** What it has printed so far. */
  out = ''
  /** What it has complained about so far. */
  errors = ''
  /** Its exit code, once it has ended. */
  readonly code: Promise<number | null>
  readonly #child: ChildProcess
  readonly #log: string | undefined
  #heard: (() => void)[] = []
  #over = false

  constructor(child: ChildProcess, log?: string) {
    this.#child = child
    this.#log = log
    child.stdout?.setEncoding('utf8').on('data', text => this.#hear(() => (this.out += text)))
    child.stderr?.setEncoding('utf8').on('data', text => this.#hear(() => (this.errors += text)))
    this.code = new Promise(resolve => {
      child.once('close', code => {
        this.#hear(() => (this.#over = true))
        resolve(code)
      })
    })
  }

  /** The number by which the system knows it. */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('It was never started')
    return this.#child.pid
  }

  /** Waits until it has printed this, and gives what the pattern caught. Throws when it ends before. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.out)
      if (found) return found[1] ?? found[0]
      if (this.#over) throw new Error(`It ended without saying ${pattern}: ${this.out}${this.errors}`)
      await new Promise<void>(resolve => this.#heard.push(resolve))
    }
  }

  /** Where it listens; waits until it does. */
  address(): Promise<string> {
    return this.says(/"address":"([^"]+)"/)
  }

  /** Where it is asked, by the number of this machine. */
  async listens(): Promise<string> {
    while (this.#log !== undefined && !/"address"/.test(this.out) && !this.#over) {
      await setTimeout(20)
      this.out = readFileSync(this.#log, 'utf8')
    }
    return (await this.address()).replace('localhost', '127.0.0.1')
  }

  /** Where its administrator is made; waits until it is printed. */
  setupLink(): Promise<string> {
    return this.says(/(http\S+\/setup\/\?token=\S+)\n/)
  }

  /** What it has logged so far. Throws when a line is neither a log line nor the set-up link. */
  log(): Record<string, unknown>[] {
    const lines = this.out.split('\n').filter(line => line !== '' && !line.startsWith('Nobody administers it yet'))
    return lines.map(line => JSON.parse(line))
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Ends it and gives its exit code. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(signal)
    return this.code
  }

  #hear(change: () => void): void {
    change()
    for (const told of this.#heard.splice(0)) told()
  }
}
