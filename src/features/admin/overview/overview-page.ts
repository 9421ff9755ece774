import { dirname } from 'node:path'
import { type Db, databaseFigures } from '../../../platform/store/index.ts'
import { newestBackupOf } from '../../backups/index.ts'
import { settings } from '../../settings/index.ts'
import { totals } from '../queries.ts'
import { attentionFor } from './attention.ts'
import { busyDays } from './busy-days.ts'
import { diskOf, versionOfStoa } from './machine.ts'
import { uploadedBytes } from './queries.ts'

export interface Around {
  /** Where uploads are kept, within the forum's data. */
  readonly filesFolder: string
  readonly isCurrent: boolean
  readonly queue: number
  readonly accounts: number
}

/** What needs attention, how busy the last days were, and how large everything is. */
export async function overviewPage(db: Db, { filesFolder, ...around }: Around, now = Date.now()) {
  const dataDir = dirname(filesFolder)
  const [sums, database, uploads, disk] = [
    await totals(db, now),
    await databaseFigures(db),
    await uploadedBytes(db),
    await diskOf(dataDir),
  ]
  const { failedJobs, failedMails } = sums
  const { newest, missed } = await newestBackupOf(db)
  return {
    totals: sums,
    attention: attentionFor({
      ...around,
      rules: await settings(db),
      failedJobs,
      failedMails,
      disk,
      newestBackup: newest,
      missedBackup: missed,
      now,
    }),
    days: await busyDays(db, now),
    machine: { stoa: await versionOfStoa(), node: process.version, database, uploads, disk, newestBackup: newest },
  }
}
