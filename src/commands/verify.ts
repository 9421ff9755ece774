import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { missingFiles } from '../features/attachments/index.ts'
import { recountAll } from '../features/posts/index.ts'
import { settings } from '../features/settings/index.ts'
import type { Files } from '../platform/files/index.ts'
import { appliedMigrations, type Db, integrityFaults, pendingMigrations, refuseNewer } from '../platform/store/index.ts'
import { type Command, UsageError } from './command.ts'
import { holdingsOf } from './holdings.ts'
import { describeOff } from './recount.ts'

/** `verify` */
export const verifyCommand: Command = {
  name: 'verify',
  usage: '',
  about: 'check database, references, counters and files, and say what is off; changes nothing',
  database: 'untouched',
  async run(context) {
    const { store, print } = context
    await refuseNewer(store.db)
    if ((await appliedMigrations(store.db)).length === 0) throw new UsageError('There is no forum in this database')
    const pending = await pendingMigrations(store)
    if (pending.length > 0) throw new UsageError(`The database lacks ${pending.join(', ')}: run "migrate" first`)
    const faults = await faultsOf(store.db, holdingsOf(context).files)
    for (const fault of faults) print(fault)
    print(faults.length === 0 ? 'Everything is right.' : `${faults.length} found.`)
    return faults.length === 0 ? 0 : 1
  },
}

/** What builds on a broken database is not asked: it would only say the same in other words. */
async function faultsOf(db: Db, files: Files): Promise<string[]> {
  const inDatabase = (await integrityFaults(db)).map(fault => `database: ${fault}`)
  if (inDatabase.length > 0) return inDatabase
  const off = await recountAll(db, { repair: false })
  return [...off.map(one => `counter: ${describeOff(one)}`), ...(await fileFaults(db, files))]
}

async function fileFaults(db: Db, files: Files): Promise<string[]> {
  const names = await files.names()
  const { logo } = await settings(db)
  const missing = logo && !names.includes(basename(logo.path)) ? [`file: the logo is missing (${logo.path})`] : []
  const damaged: string[] = []
  for (const name of names) {
    const hash = createHash('sha256')
    await pipeline(files.read(name), hash)
    if (hash.digest('hex') !== name.slice(0, name.indexOf('.'))) damaged.push(`file: ${name} is damaged`)
  }
  const gone = (await missingFiles(db, names)).map(({ id, name }) => `file: attachment ${id} (${name}) is missing`)
  return [...missing, ...gone, ...damaged]
}
