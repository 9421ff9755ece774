import type { Message } from '../../platform/errors.ts'
import { pagesOf, windowOf } from '../../platform/paging.ts'
import type { Db } from '../../platform/store/index.ts'
import { attachmentPath } from './file-name.ts'
import { bytesOf, countUploadsOf, uploadsOf } from './queries/attachments.ts'
import { sizeInWords } from './size.ts'

const perPage = 30

/** One of a member's own files in their list. */
export interface OwnFile {
  readonly id: number
  readonly name: string
  readonly path: string
  /** The address of a small picture; null: it is none. */
  readonly thumb: string | null
  readonly size: Message
  readonly at: number
  /** The post that shows it or ever showed it; without one it can be deleted. */
  readonly postPath: string | null
  /** Where that post is changed. */
  readonly editPath: string | null
}

export interface OwnFilesPage {
  readonly files: readonly OwnFile[]
  readonly total: Message
  readonly page: number
  readonly pages: number
}

/** A page of what this member uploaded, newest first; the last page when there are fewer. */
export async function ownFiles(db: Db, memberId: number, asked: number): Promise<OwnFilesPage> {
  const pages = Math.max(1, pagesOf(await countUploadsOf(db, memberId), perPage))
  const page = Math.min(asked, pages)
  const rows = await uploadsOf(db, memberId, windowOf(page, perPage))
  const files = rows.map(row => {
    const path = attachmentPath(row)
    return {
      id: row.id,
      name: row.name,
      path,
      thumb: row.kind === 'image' ? `${path}?size=thumb` : null,
      size: sizeInWords(row.bytes),
      at: row.created_at,
      postPath: row.post_id === null ? null : `/post/${row.post_id}`,
      editPath: row.post_id === null ? null : `/post/${row.post_id}/edit`,
    }
  })
  return { files, total: sizeInWords(await bytesOf(db, memberId)), page, pages }
}
