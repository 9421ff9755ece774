import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'

export type Batches = {
  /** Modules to run, each in a process of its own: the tests of one batch of files, one after the other. */
  readonly modules: readonly string[]
  /** Ends what runs them, and whatever that has started. */
  end(): void
  /** Takes the modules away. */
  remove(): void
}

/** How many take files at a time: some of them wait while others work. */
const atOnce = 3

/**
 * Starting a process and warming it up takes longer than most files do, so few processes take file after file, the first
 * that nobody has taken yet. Those that take long should come first: then none is left over when all others are done.
 */
export function dealFiles(files: readonly string[]): Batches {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-batches-'))
  const text = batchOf(files)
  const modules = Array.from({ length: Math.min(atOnce, files.length) }, (_, n) => {
    const module = join(folder, `batch-${n + 1}.mjs`)
    writeFileSync(module, text)
    return module
  })
  return {
    modules,
    end: () => endAll(modules.flatMap(module => whereabouts(module).pid ?? [])),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * An empty suite stands as a heading over the tests of each file, which many of them have from a helper elsewhere; when it
 * begins, the file before is done, and the next is loaded. A file that cannot be loaded is a test that failed, and does not
 * keep the others from running. What is being done is written down at once: a process that hangs cannot be asked.
 */
function batchOf(files: readonly string[]): string {
  const entries = files.map(file => [relative('.', file), resolve(file)])
  return `import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ${JSON.stringify(new URL('./attribution.mjs', import.meta.url))}

const { before, beforeEach, suite, test } = await import('node:test')
const at = import.meta.filename + '.at'
const note = doing => writeFileSync(at, JSON.stringify({ pid: process.pid, doing }))

function take(n) {
  try {
    closeSync(openSync(join(import.meta.dirname, n + '.taken'), 'wx'))
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

beforeEach(t => note(t.name))
for (const [n, [name, path]] of ${JSON.stringify(entries)}.entries()) {
  if (!take(n)) continue
  const loading = Promise.withResolvers()
  await new Promise(begun => suite(name, () => before(() => (begun(), loading.promise))))
  note(name)
  // Nobody waits for that test here: it begins when the heading above it has, which is after this.
  await import(path).catch(error => void test(name, () => Promise.reject(error)))
  loading.resolve()
}
`
}

/** The fields of an event of `run` that are looked at; `entryFile` is the module of the batch. */
type Happening = {
  name: string
  nesting: number
  testId?: number
  type?: string
  file?: string
  entryFile?: string
}
type Events = { on(event: string, listener: (happening: Happening) => void): unknown }

/** Knows which files failed, and ends a batch of which nothing was heard for so long. */
export class Watch {
  /** The files in which a test failed, and what never ended. */
  readonly failed = new Set<string>()
  readonly #heard = new Map<string, number>()
  /** The heading under which the tests of a batch are registered. */
  readonly #headings = new Map<string, string>()
  readonly #files = new Map<string, string>()
  readonly #timer: NodeJS.Timeout

  constructor(events: Events, patienceMs: number) {
    for (const event of ['test:dequeue', 'test:complete']) {
      events.on(event, ({ file, entryFile = file }) => entryFile && this.#heard.set(entryFile, Date.now()))
    }
    events.on('test:enqueue', happening => happening.nesting === 0 && this.#register(happening))
    events.on('test:fail', ({ name, nesting, testId, entryFile }) => {
      if (nesting === 0) this.failed.add(this.#files.get(`${entryFile} ${testId}`) ?? name)
    })
    this.#timer = setInterval(() => this.#look(patienceMs), patienceMs / 20)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #register({ name, testId, type, entryFile }: Happening): void {
    if (!entryFile) return
    if (type === 'suite' && name.endsWith('.test.ts')) this.#headings.set(entryFile, name)
    const file = this.#headings.get(entryFile) ?? name
    for (const key of [testId, name]) this.#files.set(`${entryFile} ${key}`, file)
  }

  #look(patienceMs: number): void {
    for (const [module, heard] of this.#heard) {
      if (Date.now() - heard < patienceMs) continue
      this.#heard.delete(module)
      const { pid, doing } = whereabouts(module)
      if (pid && endAll([pid])) this.failed.add(`${this.#files.get(`${module} ${doing}`)} ("${doing}" did not end)`)
    }
  }
}

function whereabouts(module: string): { pid?: number; doing?: string } {
  try {
    return JSON.parse(readFileSync(`${module}.at`, 'utf8'))
  } catch {
    return {}
  }
}

/**
 * Ends these processes, and whatever they and those have started: forums and browsers, which would go on without them.
 * Says whether any of the processes was there.
 */
export function endAll(pids: readonly number[]): boolean {
  const family = startedBy(pids)
  const ended = pids.filter(kill)
  for (const pid of family) kill(pid)
  return ended.length > 0
}

/** As `ps` has it; where there is none nobody is found. */
function startedBy(pids: readonly number[]): number[] {
  const parents = new Map<number, number>()
  try {
    const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    for (const [, pid, parent] of all.matchAll(/(\d+) +(\d+)/g)) parents.set(Number(pid), Number(parent))
  } catch {
    return []
  }
  const family = new Set(pids)
  for (let known = 0; known < family.size; ) {
    known = family.size
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid)
  }
  return [...family].filter(pid => !pids.includes(pid))
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}
