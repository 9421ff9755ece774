import type { Handlers } from '../../platform/jobs/index.ts'
import { deliver, type MailOrder } from './deliver.ts'
import type { Letters } from './letter.ts'
import { mailJob } from './send-mail.ts'

/** Sends mail whose letters are written by these. */
export function mailJobs(letters: Letters): Handlers {
  return { [mailJob]: (order: MailOrder, { db }) => deliver(db, letters, order) }
}
