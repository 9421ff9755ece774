import type { Selectable } from 'kysely'
import type { Db, ExportsTable, Tx } from '../../../platform/store/index.ts'

export type Export = Selectable<ExportsTable>

export async function insertExport(tx: Tx, memberId: number, askedById: number, now: number): Promise<number> {
  const row = await tx
    .insertInto('exports')
    .values({ member_id: memberId, asked_by_id: askedById, created_at: now, file: null, size: null, ready_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function exportById(db: Db, id: number): Promise<Export | undefined> {
  return db.selectFrom('exports').selectAll().where('id', '=', id).executeTakeFirst()
}

/** About this member, newest first, since then. */
export async function exportsAbout(db: Db, memberId: number, since: number): Promise<Export[]> {
  return db
    .selectFrom('exports')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('created_at', '>', since)
    .orderBy('id', 'desc')
    .execute()
}

/** What this member asked for, newest first, with whom it is about. */
export async function exportsAskedBy(db: Db, askedById: number) {
  return db
    .selectFrom('exports')
    .innerJoin('members', 'members.id', 'exports.member_id')
    .selectAll('exports')
    .select('members.name')
    .where('asked_by_id', '=', askedById)
    .orderBy('exports.id', 'desc')
    .execute()
}

export async function setProgress(db: Db, id: number, progress: number, total: number): Promise<void> {
  await db.updateTable('exports').set({ progress, total }).where('id', '=', id).execute()
}

/** The file is there; false when somebody else made it first, or nobody wants it any more. */
export async function finishExport(tx: Tx, id: number, file: string, size: number, now: number): Promise<boolean> {
  const row = await tx
    .updateTable('exports')
    .set(eb => ({ file, size, ready_at: now, progress: eb.ref('total') }))
    .where('id', '=', id)
    .where('ready_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function exportsBefore(db: Db, time: number): Promise<Export[]> {
  return db.selectFrom('exports').selectAll().where('created_at', '<', time).execute()
}

export async function deleteExport(db: Db, id: number): Promise<void> {
  await db.deleteFrom('exports').where('id', '=', id).execute()
}

/** The names of all files that rows know. */
export async function exportFiles(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('exports').select('file').where('file', 'is not', null).execute()
  return new Set(rows.flatMap(({ file }) => file ?? []))
}
