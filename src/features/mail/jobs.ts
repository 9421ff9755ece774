import type { Handlers, Schedule } from '../../platform/jobs/index.ts'
import { deliver, type MailOrder } from './deliver.ts'
import type { Letters } from './letter.ts'
import { deleteSentBefore } from './queries.ts'
import { mailJob } from './send-mail.ts'

/** Sends mail whose letters are written by these. */
export function mailJobs(letters: Letters): Handlers {
  return {
    [mailJob]: (order: MailOrder, { db }) => deliver(db, letters, order),
    'mail.purge': (_payload, { db }) => deleteSentBefore(db, Date.now() - sentDays * day),
  }
}

/** So long it is listed which mails were sent. */
export const sentDays = 14
const day = 24 * 60 * 60_000

/** What comes again by itself. */
export const mailSchedule: readonly Schedule[] = [{ name: 'mail.purge', everyMs: day / 24 }]
