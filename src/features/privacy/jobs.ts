import type { Schedule } from '../../platform/jobs/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { eraseAddresses } from './addresses.ts'

interface Context {
  readonly db: Db
}

/** What privacy leaves for later, by the names of the jobs. */
export const privacyJobs = {
  'privacy.erase-addresses': async (_payload: unknown, { db }: Context) => void (await eraseAddresses(db)),
}

const day = 24 * 60 * 60_000

/** What comes again by itself. */
export const privacySchedule: readonly Schedule[] = [{ name: 'privacy.erase-addresses', everyMs: day }]
