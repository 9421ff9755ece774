import type { Db, Tx } from '../../../platform/store/index.ts'

/** What a member reported, the last first, with what came of it. */
export async function reportsOf(
  db: Db,
  memberId: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
) {
  return db
    .selectFrom('reports')
    .innerJoin('report_cases', 'report_cases.id', 'reports.case_id')
    .select(['reports.id', 'reports.reason', 'reports.text', 'reports.created_at', 'post_id'])
    .select(['settled_at', 'outcome', 'word'])
    .where('reports.member_id', '=', memberId)
    .orderBy('reports.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countReportsOf(db: Db, memberId: number): Promise<number> {
  const row = await db
    .selectFrom('reports')
    .select(eb => eb.fn.countAll<number>().as('reports'))
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return Number(row?.reports ?? 0)
}

/** A report that was settled, whose it is, and what came of it. */
export async function settledReport(db: Db, reportId: number) {
  return db
    .selectFrom('reports')
    .innerJoin('report_cases', 'report_cases.id', 'reports.case_id')
    .select(['reports.member_id', 'post_id', 'outcome', 'word'])
    .where('reports.id', '=', reportId)
    .where('settled_at', 'is not', null)
    .executeTakeFirst()
}

export async function wantsMail(db: Db, memberId: number): Promise<boolean> {
  const row = await db
    .selectFrom('report_mail_stops')
    .select('member_id')
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row === undefined
}

/** Again changes nothing. */
export async function writeMailStop(tx: Tx, memberId: number, stopped: boolean): Promise<void> {
  if (!stopped) await tx.deleteFrom('report_mail_stops').where('member_id', '=', memberId).execute()
  else
    await tx
      .insertInto('report_mail_stops')
      .values({ member_id: memberId, created_at: Date.now() })
      .onConflict(conflict => conflict.column('member_id').doNothing())
      .execute()
}

/** What the links below two kinds of mail stop. */
export const settledStops = 'stop-report-mail'
export const alertStops = 'stop-report-alerts'
type Purpose = typeof settledStops | typeof alertStops

export async function insertStopSecret(
  db: Db,
  hash: string,
  memberId: number,
  until: number,
  purpose: Purpose = settledStops,
): Promise<void> {
  await db
    .insertInto('one_time_secrets')
    .values({ hash, purpose, member_id: memberId, about: null, created_at: Date.now(), expires_at: until })
    .execute()
}

/** Whose mail it stops; pressing twice is no mistake, so it is not used up. */
export async function memberOfSecret(
  db: Db,
  hash: string,
  now: number,
  purpose: Purpose = settledStops,
): Promise<number | null> {
  const row = await db
    .selectFrom('one_time_secrets')
    .select('member_id')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.member_id ?? null
}
