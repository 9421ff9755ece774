import type { Insertable, Selectable } from 'kysely'
import { type Db, forUpdate, type ReportCasesTable, type ReportsTable, type Tx } from '../../../platform/store/index.ts'

export type Case = Selectable<ReportCasesTable>
export type Report = Selectable<ReportsTable>

/** Who reports: a member, or a guest known by where they come from. */
export interface Reporter {
  readonly memberId: number | null
  readonly address: string | null
}

/** What this reporter said about a post that has not been settled; of a guest only the same words count. */
export async function ownReport(
  db: Db,
  postId: number,
  { memberId, address }: Reporter,
  words: { readonly reason: string; readonly text: string } | null,
): Promise<Report | undefined> {
  if (memberId === null && words === null) return undefined
  const found = db
    .selectFrom('reports')
    .innerJoin('report_cases', 'report_cases.id', 'reports.case_id')
    .selectAll('reports')
    .where('report_cases.post_id', '=', postId)
    .where('report_cases.settled_at', 'is', null)
    .orderBy('reports.id')
  if (memberId !== null) return found.where('reports.member_id', '=', memberId).executeTakeFirst()
  return found
    .where('reports.address', '=', address ?? '')
    .where('reports.reason', '=', words?.reason ?? '')
    .where('reports.text', '=', words?.text ?? '')
    .executeTakeFirst()
}

/** The open case about a post, with everybody else who changes it waiting. */
export async function lockOpenCase(tx: Tx, postId: number): Promise<Case | undefined> {
  return tx
    .selectFrom('report_cases')
    .selectAll()
    .where('post_id', '=', postId)
    .where('settled_at', 'is', null)
    .$call(forUpdate(tx))
    .executeTakeFirst()
}

export async function lockCase(tx: Tx, id: number): Promise<Case | undefined> {
  return tx.selectFrom('report_cases').selectAll().where('id', '=', id).$call(forUpdate(tx)).executeTakeFirst()
}

export async function insertCase(tx: Tx, postId: number, now: number): Promise<number> {
  const row = await tx
    .insertInto('report_cases')
    .values({ post_id: postId, opened_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function insertReport(tx: Tx, report: Insertable<ReportsTable>): Promise<void> {
  await tx.insertInto('reports').values(report).execute()
}

export async function updateCase(tx: Tx, id: number, changes: Partial<Omit<Case, 'id' | 'post_id'>>): Promise<void> {
  await tx.updateTable('report_cases').set(changes).where('id', '=', id).execute()
}

/** Everything that was said in one case becomes part of another. */
export async function mergeCases(tx: Tx, from: number, into: number): Promise<void> {
  for (const table of ['reports', 'report_notes'] as const)
    await tx.updateTable(table).set({ case_id: into }).where('case_id', '=', from).execute()
  await tx.deleteFrom('report_cases').where('id', '=', from).execute()
}

/** The members who reported, each once, by the last thing they said. */
export async function reportersOf(tx: Tx, caseId: number): Promise<{ id: number; memberId: number }[]> {
  const rows = await tx
    .selectFrom('reports')
    .select(eb => [eb.fn.max('id').as('id'), eb.ref('member_id').$notNull().as('memberId')])
    .where('case_id', '=', caseId)
    .where('member_id', 'is not', null)
    .groupBy('member_id')
    .orderBy('member_id')
    .execute()
  return rows.map(({ id, memberId }) => ({ id: Number(id), memberId }))
}

export async function noteTold(tx: Tx, reportId: number, noticeId: number): Promise<void> {
  await tx.updateTable('reports').set({ notice_id: noticeId }).where('id', '=', reportId).execute()
}

/** What the reporters were told on their pages, and is no longer so. */
export async function takeNotices(tx: Tx, caseId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('reports')
    .select('notice_id')
    .where('case_id', '=', caseId)
    .where('notice_id', 'is not', null)
    .execute()
  await tx.updateTable('reports').set({ notice_id: null }).where('case_id', '=', caseId).execute()
  return rows.flatMap(({ notice_id }) => notice_id ?? [])
}
