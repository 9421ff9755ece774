import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, accountForPostgres, binariesFor } from './binaries.ts'
import { freePort, untilReady } from './ready.ts'

export type PostgresServer = {
  /** Where its administrator connects. */
  url: string
  stop(): Promise<void>
  /** Ends it, with everybody's connections, until `resume` starts it again where it was. */
  pause(): Promise<void>
  /** Ends it as a failing machine would: all of it at once, in the middle of what it does. */
  crash(): Promise<void>
  resume(): Promise<void>
  /** It stays where it is and answers nobody, until it thaws. */
  freeze(): void
  thaw(): void
}

export type PostgresOptions = {
  /** It keeps what it said it has written, as one does that people use. */
  durable?: boolean
}

type Plan = { account: Account; bin: string; home: string; password: string; folders: string[]; durable: boolean }

/** A PostgreSQL of our own in a folder of its own, which ends when it is stopped or when this process is gone. */
export async function startPostgres({ durable = false }: PostgresOptions = {}): Promise<PostgresServer> {
  const account = accountForPostgres()
  const { bin, copy } = binariesFor(account)
  const home = mkdtempSync(join(quickFolder(), 'stoa-pg-'))
  const folders = [home, copy ?? home]
  try {
    return await start(
      await initialise({ account, bin, home, folders, durable, password: randomBytes(12).toString('hex') }),
    )
  } catch (error) {
    removeAll(folders)
    throw error
  }
}

function removeAll(folders: readonly string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Memory where there is enough of it, else the disk: copying a database takes a tenth of the time. */
function quickFolder(): string {
  const shared = '/dev/shm'
  if (!existsSync(shared)) return tmpdir()
  const { bavail, bsize } = statfsSync(shared)
  return bavail * bsize > 2 ** 30 ? shared : tmpdir()
}

const dataOf = (plan: Plan) => join(plan.home, 'data')

async function initialise(plan: Plan): Promise<Plan> {
  const { account, home, password } = plan
  const passwordFile = join(home, 'password')
  chmodSync(home, 0o755)
  mkdirSync(dataOf(plan), { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [dataOf(plan), passwordFile]) chownSync(path, account.uid, account.gid)
  }
  const flags = ['--pgdata', dataOf(plan), '--username=postgres', `--pwfile=${passwordFile}`, ...initialSettings]
  await promisify(execFile)(join(plan.bin, 'initdb'), flags, { ...account, cwd: home, env: plainEnvironment() })
  return plan
}

const plainEnvironment = () => ({ ...process.env, LC_ALL: 'C' })

const initialSettings = [
  '--auth=password',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--locale=C.UTF-8',
  '--no-sync',
  // The password is drawn by lot: stretching it would only make every connection wait.
  '--set=scram_iterations=1',
]

/** What is written here is thrown away, so nothing waits for the disk. */
const settings = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: '64MB',
  dynamic_shared_memory_type: 'mmap',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '64MB',
  min_wal_size: '32MB',
  autovacuum: 'off',
  deadlock_timeout: '100ms',
  jit: 'off',
}

const durableSettings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

async function start(plan: Plan): Promise<PostgresServer> {
  const port = await freePort()
  const url = `postgres://postgres:${plan.password}@127.0.0.1:${port}/postgres`
  const run = async () => {
    const server = spawnServer(plan, port)
    const watch = watchOver(server, plan.folders)
    const end = (signal: NodeJS.Signals = 'SIGINT') => endServer(server, watch, signal)
    const tell = (signal: NodeJS.Signals) => tellAll(server, signal)
    try {
      await untilReady(server, url, dataOf(plan))
      letGo(server)
      return { end, tell }
    } catch (error) {
      await end()
      throw error
    }
  }
  let running = await run()
  return {
    url,
    async stop() {
      running.tell('SIGCONT')
      await running.end()
      removeAll(plan.folders)
    },
    pause: () => running.end(),
    crash: () => running.end('SIGKILL'),
    async resume() {
      running = await run()
    },
    freeze: () => running.tell('SIGSTOP'),
    thaw: () => running.tell('SIGCONT'),
  }
}

function spawnServer(plan: Plan, port: number): ChildProcess {
  const kept = plan.durable ? durableSettings : {}
  const all = Object.entries({ ...settings, ...kept, unix_socket_directories: dataOf(plan), port: String(port) })
  const flags = all.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(plan.bin, 'postgres'), ['-D', dataOf(plan), ...flags], {
    ...plan.account,
    cwd: plan.home,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: plainEnvironment(),
  })
}

/** A shell that reads a pipe of ours: it ends with us, however we end, and then so does the server. */
function watchOver(server: ChildProcess, folders: string[]): ChildProcess {
  const script = 'read -r _; kill -QUIT "$1"; for _ in 1 2 3 4 5; do kill -0 "$1" && sleep 0.2; done; rm -rf "$2" "$3"'
  const watch = spawn('/bin/sh', ['-c', script, 'sh', String(server.pid), ...folders], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  letGo(watch)
  return watch
}

/** Our process may end while it runs. */
function letGo(child: ChildProcess): void {
  child.unref()
  for (const pipe of [child.stdin, child.stderr]) {
    if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  }
}

async function endServer(server: ChildProcess, watch: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  // It would take the folders away.
  watch.kill('SIGKILL')
  if (!isRunning(server)) return
  const gone = once(server, 'exit')
  server.ref()
  if (signal === 'SIGKILL') tellAll(server, signal)
  else server.kill(signal)
  await gone
}

/** The server, which begets processes, before those that it has begotten. */
function tellAll(server: ChildProcess, signal: NodeJS.Signals): void {
  if (!isRunning(server) || server.pid === undefined) return
  const first = signal === 'SIGSTOP' ? server.kill(signal) : false
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  for (const line of stdout.split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    if (pid && parent === server.pid) tell(pid, signal)
  }
  if (!first) server.kill(signal)
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}
