import { type Insertable, type Selectable, sql } from 'kysely'
import { attachmentsWanted } from '../../../content/index.ts'
import type { Window } from '../../../platform/paging.ts'
import {
  type AttachmentsTable,
  type Db,
  forUpdate,
  type Given,
  hotQuery,
  type Tx,
} from '../../../platform/store/index.ts'

export type Attachment = Selectable<AttachmentsTable>

/** Only for those who check the viewer themselves. */
export async function attachmentById(db: Db, id: number): Promise<Attachment | undefined> {
  return byId.first(db, { id })
}

const byId = hotQuery((db, given: Given<{ id: number }>) =>
  db.selectFrom('attachments').selectAll().where('id', '=', given.id),
)

export async function attachmentsByIds(db: Db, ids: readonly number[]): Promise<Attachment[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('attachments')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

export async function insertAttachment(tx: Tx, row: Insertable<AttachmentsTable>): Promise<Attachment> {
  return tx.insertInto('attachments').values(row).returningAll().executeTakeFirstOrThrow()
}

/** What the forum keeps of pictures elsewhere for this post. */
export async function keptOfPost(db: Db, postId: number): Promise<Attachment[]> {
  return db
    .selectFrom('attachment_uses')
    .innerJoin('attachments', 'attachments.id', 'attachment_uses.attachment_id')
    .selectAll('attachments')
    .where('attachment_uses.post_id', '=', postId)
    .where('source_url', 'is not', null)
    .orderBy('attachments.id')
    .execute()
}

/** A part of what this member uploaded, newest first, with a post that shows it or ever showed it. */
export async function uploadsOf(db: Db, memberId: number, { offset, limit }: Window) {
  return db
    .selectFrom('attachments')
    .selectAll()
    .select(({ selectFrom }) =>
      selectFrom('attachment_uses')
        .select(eb => eb.fn.max('post_id').as('post'))
        .whereRef('attachment_id', '=', 'attachments.id')
        .as('post_id'),
    )
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countUploadsOf(db: Db, memberId: number): Promise<number> {
  const { count } = await db
    .selectFrom('attachments')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What all files of this member have together, in bytes. */
export async function bytesOf(db: Db, memberId: number): Promise<number> {
  const { bytes } = await db
    .selectFrom('attachments')
    .select(eb => eb.fn.sum<number | string | null>('bytes').as('bytes'))
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow()
  return Number(bytes ?? 0)
}

/** What is kept of pictures elsewhere because posts of this member (null: of guests) show them or ever did, in bytes. */
export async function keptBytesFor(db: Db, memberId: number | null): Promise<number> {
  const { bytes } = await db
    .selectFrom('attachments')
    .select(eb => eb.fn.sum<number | string | null>('bytes').as('bytes'))
    .where('source_url', 'is not', null)
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('attachment_uses')
        .innerJoin('posts', 'posts.id', 'attachment_uses.post_id')
        .select('attachment_id')
        .where('posts.member_id', memberId === null ? 'is' : '=', memberId),
    )
    .executeTakeFirstOrThrow()
  return Number(bytes ?? 0)
}

/** The row, which nobody lets a post show or removes before this transaction ends. */
export async function lockAttachment(tx: Tx, id: number): Promise<Attachment | undefined> {
  return tx.selectFrom('attachments').selectAll().where('id', '=', id).$call(forUpdate(tx)).executeTakeFirst()
}

export async function deleteAttachment(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('attachments').where('id', '=', id).execute()
}

/** Uploads from before then that no post shows or ever showed, and that their uploader has in no draft. */
export async function unusedBefore(
  db: Db,
  { time, after, limit }: { time: number; after: number; limit: number },
): Promise<number[]> {
  const path = sql<string>`'%/attachment/' || attachments.id || '/%'`
  const rows = await db
    .selectFrom('attachments')
    .select('id')
    .where('created_at', '<', time)
    .where('id', '>', after)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('attachment_uses').select('post_id').whereRef('attachment_id', '=', 'attachments.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('drafts')
            .select('drafts.id')
            .whereRef('drafts.member_id', '=', 'attachments.member_id')
            .where('drafts.body', 'like', path),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** So many texts are in memory at once. */
const portion = 100

/** The numbers of uploads that stand in texts which nobody has published: whoever wrote one had not signed in again. */
export async function namedInClaims(db: Db): Promise<Set<number>> {
  const named = new Set<number>()
  for (let after = 0; ; ) {
    const claims = await db
      .selectFrom('claims')
      .select(['id', 'body'])
      .where('id', '>', after)
      .where('body', 'like', '%/attachment/%')
      .orderBy('id')
      .limit(portion)
      .execute()
    for (const { body } of claims) for (const id of attachmentsWanted(body)) named.add(id)
    if (claims.length < portion) return named
    after = claims.at(-1)?.id ?? after
  }
}

/** Which of these files belong to an attachment. */
export async function neededAmong(db: Db, names: readonly string[]): Promise<Set<string>> {
  const needed = new Set<string>()
  for (const column of ['file', 'display', 'thumb'] as const) {
    const rows = await db
      .selectFrom('attachments')
      .select(`${column} as name`)
      .where(column, 'in', [...names])
      .execute()
    for (const { name } of rows) if (name !== null) needed.add(name)
  }
  return needed
}

export async function isFileNeeded(db: Db, name: string): Promise<boolean> {
  return (await neededAmong(db, [name])).has(name)
}

/** Attachments a portion at a time, in order of their numbers. */
export async function attachmentsAfter(db: Db, id: number, limit: number): Promise<Attachment[]> {
  return db.selectFrom('attachments').selectAll().where('id', '>', id).orderBy('id').limit(limit).execute()
}
