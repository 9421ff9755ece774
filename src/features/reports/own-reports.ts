import { NotFound } from '../../platform/errors.ts'
import { pagesOf, windowOf } from '../../platform/paging.ts'
import { hashSecret, isSecret } from '../../platform/secret.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import type { Viewer, ViewerMember } from '../members/index.ts'
import { titleOf } from './letters.ts'
import { countReportsOf, memberOfSecret, reportsOf, wantsMail, writeMailStop } from './queries/own.ts'

const perPage = 20

/** What a member reported and what came of it; the titles only of what they still see. */
export async function ownReportsPage(db: Db, viewer: Viewer, { id }: ViewerMember, page: number) {
  const pages = pagesOf(await countReportsOf(db, id), perPage)
  const reports = []
  for (const report of await reportsOf(db, id, windowOf(page, perPage)))
    reports.push({ ...report, title: await titleOf(db, viewer, report.post_id) })
  return { page, pages, reports, mails: await wantsMail(db, id) }
}

/** Whether the member is mailed what came of their reports. */
export async function chooseReportMail(db: Db, memberId: number, mails: boolean): Promise<void> {
  await inTransaction(db, tx => writeMailStop(tx, memberId, !mails))
}

/** Throws NotFound unless a mail brought this secret. */
export async function demandStopSecret(
  db: Db,
  secret: unknown,
  purpose?: Parameters<typeof memberOfSecret>[3],
): Promise<number> {
  const memberId = isSecret(secret) ? await memberOfSecret(db, hashSecret(secret), Date.now(), purpose) : null
  if (memberId === null) throw new NotFound()
  return memberId
}
