import { enqueue, type Schedule, setNextRun } from '../../platform/jobs/index.ts'
import { nextHour } from '../../platform/locale/index.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { makeKept } from './make.ts'

interface Context {
  readonly db: Db
}

export const makeBackupJob = 'backups.make'
export const nightlyJob = 'backups.nightly'

/** Making backups, by the names of the jobs. They take long, so they have a lane of their own. */
export const backupsJobs = {
  [makeBackupJob]: async (_payload: unknown, { db }: Context) => void (await makeKept(db, 'hand')),
  [nightlyJob]: async (_payload: unknown, { db }: Context) => nightly(db),
}

/** What is wrong is tried again some minutes later; a disk without room is only told. */
async function nightly(db: Db): Promise<void> {
  if (!(await settings(db)).backup_nightly) return
  const outcome = await makeKept(db, 'nightly')
  if (outcome?.result === 'failed') throw new Error(outcome.error)
}

/** When the next one is made by itself. */
async function nextNight(db: Db, now: number): Promise<number> {
  const { backup_hour, time_zone } = await settings(db)
  return nextHour(backup_hour, time_zone, now)
}

const hour = 60 * 60_000

/** What comes again by itself: at an hour of the night, which may be an hour later where clocks are changed. */
export const backupsSchedule: readonly Schedule[] = [{ name: nightlyJob, everyMs: 25 * hour, next: nextNight }]

/** Leaves one to be made now. */
export async function askForBackup(tx: Tx): Promise<void> {
  await enqueue(tx, makeBackupJob, null, { key: makeBackupJob })
}

/** The hour or the zone may have changed. */
export async function rescheduleNightly(db: Db, now = Date.now()): Promise<void> {
  await setNextRun(db as Tx, nightlyJob, await nextNight(db, now))
}
