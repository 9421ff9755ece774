import { Forbidden, Invalid, msg, NotFound, type Refusal, SignInNeeded } from '../../platform/errors.ts'
import { addressKey, limits } from '../../platform/limits/index.ts'
import { type Db, inTransaction, lockName } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { findPost } from '../posts/index.ts'
import { judgeReported, type Reported } from '../rules/index.ts'
import { settings } from '../settings/index.ts'
import { judgeForm, noteStops, type SentForm } from '../spam/index.ts'
import { canReport } from './policy.ts'
import { insertCase, insertReport, lockOpenCase, ownReport, type Report, type Reporter } from './queries/reports.ts'
import { otherReason, reasonsIn } from './reasons.ts'

const hour = 60 * 60
const memberRule = { points: 30, seconds: hour }
const guestRule = { points: 5, seconds: hour }

export interface ReportValues {
  readonly reason: string
  readonly text: string
}

/** A post that this viewer may report, and what they said about it already and nobody has settled. */
export async function findReportable(db: Db, viewer: Viewer, postId: number) {
  const { topic, post } = await findPost(db, viewer, postId)
  const rules = await settings(db)
  if (!canReport(viewer, post, rules)) throw refusalFor(viewer)
  const earlier = await ownReport(db, post.id, reporterOf(viewer), null)
  return { topic, post, reasons: reasonsIn(rules.report_reasons), earlier: earlier ?? null }
}

function refusalFor({ member }: Viewer): Refusal {
  if (!member) return new SignInNeeded()
  return member.sanctions.ban ? new Forbidden(msg('sanctions.closed_ban')) : new NotFound()
}

function reporterOf({ member, address }: Viewer): Reporter {
  return member ? { memberId: member.id, address: null } : { memberId: null, address: addressKey(address) }
}

/**
 * Tells the moderators of a post's forum what is wrong with it. A member's second report before the first was settled
 * changes nothing, nor does a guest's same one. What a program may have sent is kept, but nobody is disturbed for it.
 * Throws NotFound for what they cannot see, Invalid, and TooMany after many within an hour.
 */
export async function reportPost(
  db: Db,
  viewer: Viewer,
  postId: number,
  values: ReportValues,
  fields: SentForm['fields'],
): Promise<Report | null> {
  const { topic, post, reasons, earlier } = await findReportable(db, viewer, postId)
  if (earlier) return earlier
  demandSound(values, reasons)
  const reporter = reporterOf(viewer)
  const same = await ownReport(db, post.id, reporter, values)
  if (same) return same
  const isGuest = reporter.memberId === null
  const suspicions = isGuest ? await judgeForm(db, { kind: 'report', fields, address: viewer.address }) : []
  await limits(db).spend('report', reporter.address ?? `member ${reporter.memberId}`, isGuest ? guestRule : memberRule)
  await keep(db, { topic, post }, reporter, { ...values, suspect_at: suspicions.length > 0 ? Date.now() : null })
  await noteStops(db, suspicions)
  return null
}

function demandSound({ reason, text }: ReportValues, reasons: readonly string[]): void {
  const field = !reasons.includes(reason) ? 'reason' : reason === otherReason && text === '' ? 'text' : null
  if (field !== null) throw new Invalid({ [field]: msg(`reports.${field}_missing`) })
}

type Words = ReportValues & { readonly suspect_at: number | null }

type Place = Pick<Reported, 'post' | 'topic'>

async function keep(db: Db, place: Place, reporter: Reporter, words: Words): Promise<void> {
  const postId = place.post.id
  await inTransaction(db, async tx => {
    await lockName(tx, `reports of post ${postId}`)
    const { reason, text, suspect_at } = words
    if (await ownReport(tx, postId, reporter, { reason, text })) return
    const now = Date.now()
    const open = await lockOpenCase(tx, postId)
    const caseId = open?.id ?? (await insertCase(tx, postId, now))
    const { memberId: member_id, address } = reporter
    await insertReport(tx, { case_id: caseId, member_id, address, reason, text, created_at: now, suspect_at })
    if (member_id !== null) await judgeReported(tx, { ...place, caseId, openedAt: open?.opened_at ?? now })
  })
}
