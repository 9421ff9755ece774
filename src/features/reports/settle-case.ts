import { Conflict, msg } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { forgetTold, tellMember } from '../accounts/index.ts'
import { sendMail } from '../mail/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import { wantsMail } from './queries/own.ts'
import {
  type Case,
  lockCase,
  lockOpenCase,
  mergeCases,
  noteTold,
  reportersOf,
  takeNotices,
  updateCase,
} from './queries/reports.ts'

export const outcomes = ['acted', 'no_breach', 'duplicate'] as const
export type Outcome = (typeof outcomes)[number]

/** Where a member reads what came of their reports. */
export const ownReportsPath = '/account/reports/'

export interface Settlement {
  readonly outcome: Outcome
  /** What the reporters are told besides. */
  readonly word: string | null
  readonly by: number
  readonly at: number
}

/**
 * Settles what was reported about a post, and tells those who did: by mail, unless they want none, and on the next page
 * they open. Gives the case; null when nothing is open.
 */
export async function settleCase(tx: Tx, postId: number, settlement: Settlement): Promise<number | null> {
  const open = await lockOpenCase(tx, postId)
  if (!open) return null
  const { outcome, word, by, at } = settlement
  await updateCase(tx, open.id, { outcome, word, settled_by_id: by, settled_at: at })
  await tellReporters(tx, open.id, settlement)
  return open.id
}

async function tellReporters(tx: Tx, caseId: number, { outcome, word }: Settlement): Promise<void> {
  const mails = canSendMail(await settings(tx))
  const said = word === null ? msg(`reports.told_${outcome}`) : msg(`reports.told_${outcome}_word`, { word })
  const link = { href: ownReportsPath, text: msg('reports.own_title') }
  for (const { id, memberId } of await reportersOf(tx, caseId)) {
    await noteTold(tx, id, await tellMember(tx, memberId, said, { kind: 'info', link }))
    if (mails && (await wantsMail(tx, memberId))) await sendMail(tx, 'reports.settled', { reportId: id })
  }
}

/**
 * Opens a case again: nothing was settled, and who reported is no longer told so. What was reported since becomes part of
 * it. Throws Conflict when it is open already.
 */
export async function reopenCase(tx: Tx, caseId: number): Promise<void> {
  const settled = await lockCase(tx, caseId)
  if (!settled || settled.settled_at === null) throw new Conflict(msg('moderation.since_changed'))
  const younger: Case | undefined = await lockOpenCase(tx, settled.post_id)
  if (younger) await mergeCases(tx, younger.id, caseId)
  await updateCase(tx, caseId, { outcome: null, word: null, settled_by_id: null, settled_at: null })
  await forgetTold(tx, await takeNotices(tx, caseId))
}
