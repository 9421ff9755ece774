import type { Db, Tx } from '../../../platform/store/index.ts'

/** Whose cases: those of the forums somebody moderates, and never those about what they wrote themselves. */
export interface CaseSight {
  readonly memberId: number
  readonly forumIds: readonly number[]
}

export const caseStates = ['open', 'mine', 'settled'] as const
export type CaseState = (typeof caseStates)[number]

type Slice = { readonly offset: number; readonly limit: number }

function visible(db: Db, { memberId, forumIds }: CaseSight) {
  return db
    .selectFrom('report_cases')
    .innerJoin('posts', 'posts.id', 'report_cases.post_id')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .where('topics.forum_id', 'in', [...forumIds])
    .where(eb => eb.or([eb('posts.member_id', 'is', null), eb('posts.member_id', '!=', memberId)]))
    .where(eb =>
      eb.exists(eb.selectFrom('reports').select('reports.id').whereRef('reports.case_id', '=', 'report_cases.id')),
    )
}

function inState(db: Db, sight: CaseSight, state: CaseState) {
  if (state === 'settled') return visible(db, sight).where('report_cases.settled_at', 'is not', null)
  const open = visible(db, sight).where('report_cases.settled_at', 'is', null)
  return state === 'open' ? open : open.where('report_cases.assigned_member_id', '=', sight.memberId)
}

/** Not everything that was reported in it looks like the work of a machine. */
function credible(db: Db, sight: CaseSight) {
  return inState(db, sight, 'open').where(eb =>
    eb.exists(
      eb
        .selectFrom('reports as sound')
        .select('sound.id')
        .whereRef('sound.case_id', '=', 'report_cases.id')
        .where('sound.suspect_at', 'is', null),
    ),
  )
}

function inOrder(db: Db, sight: CaseSight, state: CaseState) {
  const found = inState(db, sight, state)
  if (state === 'settled') return found.orderBy('report_cases.settled_at', 'desc').orderBy('report_cases.id', 'desc')
  return found
    .orderBy(eb =>
      eb
        .case()
        .when(
          eb.exists(
            eb
              .selectFrom('reports as sound')
              .select('sound.id')
              .whereRef('sound.case_id', '=', 'report_cases.id')
              .where('sound.suspect_at', 'is', null),
          ),
        )
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy('report_cases.opened_at')
    .orderBy('report_cases.id')
}

export type CaseRow = Awaited<ReturnType<typeof casesIn>>[number]

/** Cases in this state; the open ones that wait the longest first, those that machines may have sent after them. */
export async function casesIn(db: Db, sight: CaseSight, state: CaseState, { offset, limit }: Slice) {
  return inOrder(db, sight, state)
    .leftJoin('members as keepers', 'keepers.id', 'report_cases.assigned_member_id')
    .leftJoin('members as judges', 'judges.id', 'report_cases.settled_by_id')
    .selectAll('report_cases')
    .select(['keepers.name as assigned_to', 'judges.name as settled_by'])
    .limit(limit)
    .offset(offset)
    .execute()
}

/** The case, if it is this viewer's to see. */
export async function caseById(db: Db, sight: CaseSight, id: number): Promise<CaseRow | undefined> {
  return visible(db, sight)
    .leftJoin('members as keepers', 'keepers.id', 'report_cases.assigned_member_id')
    .leftJoin('members as judges', 'judges.id', 'report_cases.settled_by_id')
    .selectAll('report_cases')
    .select(['keepers.name as assigned_to', 'judges.name as settled_by'])
    .where('report_cases.id', '=', id)
    .executeTakeFirst()
}

export async function countCases(db: Db, sight: CaseSight, state: CaseState): Promise<number> {
  if (sight.forumIds.length === 0) return 0
  const row = await inState(db, sight, state)
    .select(eb => eb.fn.countAll<number>().as('cases'))
    .executeTakeFirst()
  return Number(row?.cases ?? 0)
}

/** How many open cases wait, without those that only machines may have opened. */
export async function countOpenCases(db: Db, sight: CaseSight): Promise<number> {
  if (sight.forumIds.length === 0) return 0
  const row = await credible(db, sight)
    .select(eb => eb.fn.countAll<number>().as('cases'))
    .executeTakeFirst()
  return Number(row?.cases ?? 0)
}

/** Open cases with something new that somebody else reported, and no machine; the oldest first. */
export async function newCases(db: Db, sight: CaseSight, since: number, limit: number) {
  if (sight.forumIds.length === 0) return []
  return inState(db, sight, 'open')
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('reports as fresh')
          .select('fresh.id')
          .whereRef('fresh.case_id', '=', 'report_cases.id')
          .where('fresh.suspect_at', 'is', null)
          .where('fresh.created_at', '>', since)
          .where(row => row.or([row('fresh.member_id', 'is', null), row('fresh.member_id', '!=', sight.memberId)])),
      ),
    )
    .select(['report_cases.id', 'report_cases.post_id'])
    .orderBy('report_cases.id')
    .limit(limit)
    .execute()
}

/** The ids of open cases in the order of their list, at most so many. */
export async function openCaseIds(db: Db, sight: CaseSight, limit: number): Promise<number[]> {
  const rows = await inOrder(db, sight, 'open').select('report_cases.id').limit(limit).execute()
  return rows.map(({ id }) => id)
}

export type ReportRow = Awaited<ReturnType<typeof reportsIn>>[number]

/** What was reported in these cases, oldest first, with the names of those who did. */
export async function reportsIn(db: Db, caseIds: readonly number[]) {
  return db
    .selectFrom('reports')
    .leftJoin('members', 'members.id', 'reports.member_id')
    .select(['reports.id', 'case_id', 'member_id', 'reason', 'text', 'created_at', 'suspect_at'])
    .select('members.name as member_name')
    .where('case_id', 'in', [...caseIds])
    .orderBy('reports.id')
    .execute()
}

/** What moderators said about a case, oldest first. */
export async function notesIn(db: Db, caseId: number) {
  return db
    .selectFrom('report_notes')
    .leftJoin('members', 'members.id', 'report_notes.member_id')
    .selectAll('report_notes')
    .select('members.name as member_name')
    .where('case_id', '=', caseId)
    .orderBy('report_notes.id')
    .execute()
}

/** The same once more from the same moderator. */
export async function sameNote(
  db: Db,
  caseId: number,
  memberId: number,
  text: string,
  since: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('report_notes')
    .select('id')
    .where('case_id', '=', caseId)
    .where('member_id', '=', memberId)
    .where('text', '=', text)
    .where('created_at', '>', since)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertNote(
  tx: Tx,
  note: { case_id: number; member_id: number; text: string; created_at: number },
): Promise<void> {
  await tx.insertInto('report_notes').values(note).execute()
}

/** Members of these groups, or these members, by name. */
export async function namesOf(
  db: Db,
  { groups, members, readers }: { groups: readonly number[]; members: readonly number[]; readers: readonly number[] },
  limit: number,
): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('deleted_at', 'is', null)
    .where('closed_at', 'is', null)
    .where('group_id', 'in', [...readers])
    .where(eb => eb.or([eb('group_id', 'in', [...groups]), eb('id', 'in', [...members])]))
    .orderBy('name_key')
    .limit(limit)
    .execute()
}
