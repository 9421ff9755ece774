import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction, lockName } from '../../platform/store/index.ts'
import { isStaffIn, moderatedForums, staffReading, type Viewer } from '../members/index.ts'
import { type CaseRow, type CaseSight, caseById, insertNote, namesOf, sameNote } from './queries/cases.ts'
import { lockCase, updateCase } from './queries/reports.ts'

const repeatMs = 10 * 60_000
const mostNamed = 200

/** Whose cases this viewer sees: of the forums they moderate, and none about their own posts. */
export function sightOf(viewer: Viewer): CaseSight {
  return { memberId: viewer.member?.id ?? 0, forumIds: moderatedForums(viewer) }
}

/** Throws NotFound for a case that is not this viewer's to see. */
export async function findCase(db: Db, viewer: Viewer, id: number): Promise<CaseRow> {
  const found = await caseById(db, sightOf(viewer), id)
  if (!found) throw new NotFound()
  return found
}

/** Says something about a case to the other moderators; the same once more within minutes makes no second one. */
export async function addNote(db: Db, viewer: Viewer, caseId: number, text: string): Promise<void> {
  const memberId = viewer.member?.id ?? 0
  await findCase(db, viewer, caseId)
  await inTransaction(db, async tx => {
    await lockName(tx, `notes of report ${caseId}`)
    const now = Date.now()
    if (await sameNote(tx, caseId, memberId, text, now - repeatMs)) return
    await insertNote(tx, { case_id: caseId, member_id: memberId, text, created_at: now })
  })
}

/** Who may look after a case in this forum: its moderators, but not whoever wrote what was reported. */
export async function keepersFor(db: Db, forumId: number, authorId: number | null) {
  const { groups: readers, only } = await staffReading(db, forumId, null)
  const staff = { groups: only?.groups ?? [], members: only?.members ?? [], readers }
  return (await namesOf(db, staff, mostNamed)).filter(({ id }) => id !== authorId)
}

/** Gives a case to a moderator of its forum, or to nobody. Throws Invalid for anybody else. */
export async function assignCase(
  db: Db,
  viewer: Viewer,
  caseId: number,
  place: { readonly forumId: number; readonly authorId: number | null },
  keeperId: number | null,
): Promise<void> {
  await findCase(db, viewer, caseId)
  if (!isStaffIn(viewer, place.forumId)) throw new NotFound()
  const keepers = await keepersFor(db, place.forumId, place.authorId)
  if (keeperId !== null && !keepers.some(({ id }) => id === keeperId)) {
    throw new Invalid({ to: msg('reports.keeper_missing') })
  }
  await inTransaction(db, async tx => {
    if (await lockCase(tx, caseId)) await updateCase(tx, caseId, { assigned_member_id: keeperId })
  })
}
