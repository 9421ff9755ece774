import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, accountForPostgres, type Binaries, binariesFor } from '../../support/postgres/binaries.ts'
import { freePort, untilReady } from '../../support/postgres/ready.ts'
import { atEnd, letBe, watchOver } from '../endings.ts'

// Unlike the tests' PostgreSQL this one is as it comes: it waits for the disk, because a forum's does.

export type Cluster = { readonly url: string; stop(): Promise<void> }

const dataOf = (home: string) => join(home, 'data')
const passwordOf = (home: string) => join(home, 'password')

const environment = () => ({ ...process.env, LC_ALL: 'C' })

let found: (Binaries & { account: Account }) | undefined

function postgres(): Binaries & { account: Account } {
  if (found) return found
  const account = accountForPostgres()
  const binaries = binariesFor(account)
  const { copy } = binaries
  if (copy) atEnd(() => rmSync(copy, { recursive: true, force: true }))
  found = { ...binaries, account }
  return found
}

/** Makes an empty one in this folder. */
export async function newCluster(home: string): Promise<void> {
  const { bin, account } = postgres()
  mkdirSync(dataOf(home), { mode: 0o700 })
  writeFileSync(passwordOf(home), randomBytes(12).toString('hex'), { mode: 0o600 })
  giveTo(account, dataOf(home), passwordOf(home))
  const flags = ['--username=postgres', `--pwfile=${passwordOf(home)}`, '--auth=password', '--encoding=UTF8']
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8']
  execFileSync(join(bin, 'initdb'), ['--pgdata', dataOf(home), ...flags, ...locale], {
    ...account,
    cwd: home,
    env: environment(),
    stdio: 'ignore',
  })
}

export function copyCluster(from: string, to: string): void {
  execFileSync('cp', ['-a', '--reflink=auto', dataOf(from), passwordOf(from), to])
}

/** Ends with `stop`, or with the run. */
export async function startCluster(home: string): Promise<Cluster> {
  const { bin, account } = postgres()
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: dataOf(home) }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', dataOf(home), ...flags], {
    ...account,
    cwd: home,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const watch = watchOver(server)
  server.once('exit', () => letBe(watch))
  const stop = () => stopServer(server)
  atEnd(stop)
  const url = `postgres://postgres:${readFileSync(passwordOf(home), 'utf8')}@127.0.0.1:${port}/postgres`
  await untilReady(server, url, dataOf(home))
  return { url, stop }
}

/** Its fast way: whoever is connected is cut off. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGINT')
  await ended
}

function giveTo({ uid, gid }: Account, ...paths: string[]): void {
  if (uid === undefined || gid === undefined) return
  for (const path of paths) chownSync(path, uid, gid)
}
