import { isPhrase } from '../../platform/locale/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { memberById } from '../members/index.ts'
import { failedJobs, forgetJob, retryJobs } from './queries.ts'
import { wordsOfKind } from './texts/edit-texts.ts'

/** A mail that was given up after several tries. */
export interface FailedMail {
  readonly id: number
  readonly kind: string
  /** What is said of this kind: a phrase key; null for one that only other code knows. */
  readonly words: string | null
  /** null: a guest, or somebody who is gone. */
  readonly member: { readonly id: number; readonly name: string } | null
  readonly attempts: number
  readonly failedAt: number
  /** What was answered, or went wrong. */
  readonly error: string
}

/** Mails that were given up, the last first. */
export async function failedMails(db: Db, limit: number): Promise<FailedMail[]> {
  const rows = await failedJobs(db, limit)
  return Promise.all(
    rows.map(async ({ id, payload, attempts, error, failed_at }) => {
      const { kind, memberId } = JSON.parse(payload) as { kind: string; memberId?: unknown }
      const member = typeof memberId === 'number' ? await memberById(db, memberId) : undefined
      return {
        id,
        kind,
        words: wordsFor(kind),
        member: member ? { id: member.id, name: member.name } : null,
        attempts,
        failedAt: Number(failed_at),
        error: (error ?? '').replace(/^\w+: /, ''),
      }
    }),
  )
}

function wordsFor(kind: string): string | null {
  const key = wordsOfKind(kind)
  return isPhrase(key) ? key : null
}

/** Tries mails that were given up once more, with all their attempts: one, or all. Gives how many there were. */
export async function retryMails(db: Db, id: number | 'all'): Promise<number> {
  return inTransaction(db, tx => retryJobs(tx, id))
}

/** Strikes a mail off the list of those that were given up; false when it was off already. */
export async function forgetMail(db: Db, id: number): Promise<boolean> {
  return inTransaction(db, tx => forgetJob(tx, id))
}
