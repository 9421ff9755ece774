import { z } from 'zod'
import type { Schedule } from '../../platform/jobs/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { eraseAddresses } from './addresses.ts'
import { exportJob } from './exports/ask-for-export.ts'
import { makeExport } from './exports/make-export.ts'
import { purgeExports } from './exports/purge-exports.ts'
import { closeDueAccounts, closeMergedAccounts, remainsJob } from './leaving/close-account.ts'
import { purgeFarewells } from './leaving/purge-farewells.ts'
import { clearRemains } from './remains/clear-remains.ts'

interface Context {
  readonly db: Db
}

const remaining = z.object({
  memberId: z.number(),
  posts: z.enum(['keep', 'remove']),
  again: z.boolean().optional(),
})
const exporting = z.object({ exportId: z.number() })

/** What privacy leaves for later, by the names of the jobs. */
export const privacyJobs = {
  'privacy.erase-addresses': async (_payload: unknown, { db }: Context) => void (await eraseAddresses(db)),
  'privacy.leave': async (_payload: unknown, { db }: Context) => {
    await closeDueAccounts(db)
    await closeMergedAccounts(db)
  },
  'privacy.purge': async (_payload: unknown, { db }: Context) => {
    await purgeExports(db)
    await purgeFarewells(db)
  },
  [remainsJob]: async (payload: unknown, { db }: Context) => clearRemains(db, remaining.parse(payload)),
  [exportJob]: async (payload: unknown, { db }: Context) => makeExport(db, exporting.parse(payload).exportId),
}

const hour = 60 * 60_000

/** What comes again by itself. */
export const privacySchedule: readonly Schedule[] = [
  { name: 'privacy.erase-addresses', everyMs: 24 * hour },
  { name: 'privacy.leave', everyMs: hour },
  { name: 'privacy.purge', everyMs: hour },
]
