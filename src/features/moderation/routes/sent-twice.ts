import type { Request } from 'express'
import { changeNotices } from '../../../platform/http/index.ts'
import { submissionKey } from '../../posts/index.ts'
import { batchesIn } from './fold-offers.ts'

/** The number of the page that asked before an act, by which its form is known when it comes twice. */
export function submissionIn({ body }: Request): string | undefined {
  const sent: unknown = body?.submission
  return typeof sent === 'string' && /^[\w-]{8,64}$/.test(sent) ? sent : undefined
}

/** The batch of that form, one for each text: whoever goes back and writes something else does something else. */
export function batchOf(req: Request, actName: string, typed: Readonly<Record<string, string>>): string | undefined {
  const submission = submissionIn(req)
  return submission && submissionKey(submission, req.viewer.member?.id ?? 0, actName, JSON.stringify(typed))
}

/** Takes away the offers to undo these batches: they were undone, or are offered anew. */
export function dropOffers(req: Request, batches: readonly string[]): void {
  const isOld = (batch: string) => batches.includes(batch)
  changeNotices(req, notices => notices.filter(notice => !notice.undo || !batchesIn([notice]).some(isOld)))
}
