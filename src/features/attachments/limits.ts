import { msg, TooMany } from '../../platform/errors.ts'
import { fileEndings, imageTypes } from '../../platform/files/index.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { allGroups } from '../groups/index.ts'
import type { Viewer } from '../members/index.ts'
import { keepsFromPosting } from '../sanctions/index.ts'

/** What this viewer may upload. */
export interface UploadLimits {
  readonly kinds: 'images' | 'files'
  /** The most a file may have, and all of this member's together. */
  readonly fileBytes: number
  readonly totalBytes: number
  /** So many a post may show. */
  readonly postCount: number
}

/** null: nothing. Guests never upload: nobody would know whose it is. */
export async function uploadLimits(db: Db, { member, groupId }: Viewer): Promise<UploadLimits | null> {
  if (member && keepsFromPosting(member.sanctions)) return null
  const group = member ? (await allGroups(db)).find(({ id }) => id === groupId) : undefined
  if (!group || group.upload_kinds === 'none') return null
  return {
    kinds: group.upload_kinds,
    fileBytes: group.upload_file_bytes,
    totalBytes: group.upload_total_bytes,
    postCount: group.upload_post_count,
  }
}

/** For a field in which files are chosen; what is taken is decided by content. */
export function acceptedBy({ kinds }: UploadLimits): string {
  return [...imageTypes, ...(kinds === 'files' ? fileEndings : [])].join(',')
}

/** So many files one form takes. */
export const mostAtOnce = 10

/** Nobody chooses more files in an hour. */
const patience = { points: 200, seconds: 3600 }

/** Counts files that somebody is about to send. Throws TooMany. */
export async function countUploads(db: Db, memberId: number, count: number): Promise<void> {
  try {
    await limits(db).spend('uploads', `member ${memberId}`, patience, count)
  } catch (error) {
    throw error instanceof TooMany ? new TooMany(error.retryAfter, msg('attachments.too_many')) : error
  }
}
