import { createHash } from 'node:crypto'
import { Conflict } from '../../platform/errors.ts'
import { type Db, inTransaction, onDisk, type Tx } from '../../platform/store/index.ts'
import { deleteSubmissionsBefore, noteSubmission, type Post, postOfSubmission } from './queries/posts.ts'

/** Nobody sends the form of so long ago again, in milliseconds. */
const kept = 30 * 24 * 60 * 60 * 1000

/** What a member sent: the form's own number, and what it says where. Another text from the same form is another post. */
export function submissionKey(submission: string, ...said: readonly (string | number)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([submission, ...said]))
    .digest('base64url')
}

/**
 * Writes the post of a form once. The same form sent again gives the post it made, at the same moment too, and also when
 * it could not be written any more by now. `made` says whether it was written now.
 */
export async function once(
  db: Db,
  memberId: number,
  submission: string,
  write: (tx: Tx) => Promise<Post>,
): Promise<{ post: Post; made: boolean }> {
  try {
    return { post: await writeAndNote(db, memberId, submission, write), made: true }
  } catch (error) {
    const post = await postSentBefore(db, memberId, submission)
    if (post) return { post, made: false }
    throw error
  }
}

/** The post that this form made already, once it is on the disk: whoever sent it at the same moment may not know yet. */
export async function postSentBefore(db: Db, memberId: number, submission: string): Promise<Post | undefined> {
  const post = await postOfSubmission(db, memberId, submission)
  if (post) await onDisk(db)
  return post
}

async function writeAndNote(db: Db, memberId: number, submission: string, write: (tx: Tx) => Promise<Post>) {
  return inTransaction(db, async tx => {
    const post = await write(tx)
    const note = { member_id: memberId, submission, post_id: post.id, created_at: post.created_at }
    // Another process has noted it first: this transaction leaves nothing behind.
    if (!(await noteSubmission(tx, note))) throw new Conflict()
    return post
  })
}

/** Forgets forms that nobody sends again; how many. */
export async function purgeSubmissions(db: Db, now = Date.now()): Promise<number> {
  return deleteSubmissionsBefore(db, now - kept)
}
