import { createHash } from 'node:crypto'
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseConfig } from '../../../src/platform/store/index.ts'
import { atEnd } from '../endings.ts'
import { cacheFolder, type Options } from '../options.ts'
import { copyCluster, newCluster, startCluster } from './cluster.ts'
import { fill } from './fill.ts'

const root = join(import.meta.dirname, '../../..')

/** A forum full of content that belongs to this run alone. */
export type Ground = {
  readonly database: DatabaseConfig
  /** For the forum's DATA_DIR, and whatever else the run needs. */
  readonly folder: string
}

/** A copy of the seeded database, which is made the first time it is asked for. */
export async function prepareGround(options: Options): Promise<Ground> {
  const name = `${options.database}-${options.posts}-${options.random}-`
  const kept = join(cacheFolder, name + stateOfSources())
  mkdirSync(cacheFolder, { recursive: true })
  chmodSync(cacheFolder, 0o755)
  if (!existsSync(kept)) {
    removeOutdated(name)
    await make(kept, options)
  }
  const folder = mkdtempSync(join(cacheFolder, 'run-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  return { database: options.database === 'sqlite' ? copyFile(kept, folder) : await copyServer(kept, folder), folder }
}

/** Of the same size, from other sources: nobody will ask for them again, and they are large. */
function removeOutdated(name: string): void {
  for (const folder of readdirSync(cacheFolder).filter(folder => folder.startsWith(name))) {
    rmSync(join(cacheFolder, folder), { recursive: true, force: true })
  }
}

/** What the content of a database depends on: tables, and what fills them. */
function stateOfSources(): string {
  const hash = createHash('sha256')
  const files = ['migrations/*.ts', 'src/seed/*.ts', 'test/bench/ground/fill.ts'].flatMap(glob =>
    globSync(glob, { cwd: root }).sort(),
  )
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

/** Beside its place, and then moved there: a run that was interrupted leaves no half of it. */
async function make(kept: string, options: Options): Promise<void> {
  const making = mkdtempSync(join(dirname(kept), 'making-'))
  atEnd(() => rmSync(making, { recursive: true, force: true }))
  chmodSync(making, 0o755)
  console.log(`Filling ${options.database} with ${options.posts} posts, which the next run finds in ${kept}`)
  if (options.database === 'sqlite') await fill({ kind: 'sqlite', file: join(making, file) }, making, options)
  else {
    await newCluster(making)
    const server = await startCluster(making)
    await fill({ kind: 'postgres', url: server.url }, making, options)
    await server.stop()
  }
  renameSync(making, kept)
}

const file = 'stoa.sqlite'

function copyFile(kept: string, folder: string): DatabaseConfig {
  copyFileSync(join(kept, file), join(folder, file), constants.COPYFILE_FICLONE)
  return { kind: 'sqlite', file: join(folder, file) }
}

async function copyServer(kept: string, folder: string): Promise<DatabaseConfig> {
  chmodSync(folder, 0o755)
  copyCluster(kept, folder)
  const server = await startCluster(folder)
  return { kind: 'postgres', url: server.url }
}
