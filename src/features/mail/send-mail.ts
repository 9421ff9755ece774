import { type EnqueueOptions, enqueue } from '../../platform/jobs/index.ts'
import type { Tx } from '../../platform/store/index.ts'

export const mailJob = 'mail.send'

/**
 * Leaves a mail of this kind to be written and sent after this transaction. What is given holds ids and never secrets or
 * what somebody typed.
 */
export async function sendMail(
  tx: Tx,
  kind: string,
  about: Readonly<Record<string, number | string>>,
  options: EnqueueOptions = {},
): Promise<void> {
  await enqueue(tx, mailJob, { kind, ...about }, options)
}
