import type { Selectable } from 'kysely'
import { type Db, type Given, hotQuery, type PostsTable, type Tx } from '../../../platform/store/index.ts'

export type Post = Selectable<PostsTable>

/** Only for those who check the viewer themselves: `findPost` is the door. */
export async function postById(db: Db, id: number): Promise<Post | undefined> {
  return db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What decides who sees these posts, without what they say. */
export async function statesOf(db: Db, ids: readonly number[]) {
  const rows = await db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select(['posts.id', 'posts.member_id', 'posts.hidden_at', 'posts.deleted_at', 'posts.pending_at'])
    .select([
      'topics.forum_id',
      'topics.member_id as starter_id',
      'topics.hidden_at as topic_hidden_at',
      'topics.deleted_at as topic_deleted_at',
      'topics.pending_at as topic_pending_at',
    ])
    .where('posts.id', 'in', [...ids])
    .execute()
  return rows.map(({ forum_id, starter_id, topic_hidden_at, topic_deleted_at, topic_pending_at, ...post }) => ({
    post,
    topic: {
      ...{ forum_id, member_id: starter_id },
      ...{ hidden_at: topic_hidden_at, deleted_at: topic_deleted_at, pending_at: topic_pending_at },
    },
  }))
}

export async function insertPost(tx: Tx, post: NewRow): Promise<Post> {
  const [written] = await newPost(tx, post)
  if (!written) throw new Error('A post was written and is not there')
  return written
}

type NewRow = Pick<
  Post,
  | 'topic_id'
  | 'member_id'
  | 'guest_name'
  | 'position'
  | 'place'
  | 'html'
  | 'text'
  | 'content_version'
  | 'created_at'
  | 'address'
  | 'pending_at'
  | 'pending_reason'
  | 'suspect'
>

const newPost = hotQuery((db, given: Given<NewRow>) =>
  db
    .insertInto('posts')
    .values({
      topic_id: given.topic_id,
      member_id: given.member_id,
      guest_name: given.guest_name,
      position: given.position,
      place: given.place,
      html: given.html,
      text: given.text,
      content_version: given.content_version,
      created_at: given.created_at,
      address: given.address,
      pending_at: given.pending_at,
      pending_reason: given.pending_reason,
      suspect: given.suspect,
    })
    .returningAll(),
)

/** Whom and what a post quotes: an erased post's quotes are found by it. */
export async function writeQuotes(tx: Tx, postId: number, quoted: readonly number[]): Promise<void> {
  await tx.deleteFrom('post_quotes').where('post_id', '=', postId).execute()
  await insertQuotes(tx, postId, quoted)
}

/** The same of a new post. */
export async function insertQuotes(tx: Tx, postId: number, quoted: readonly number[]): Promise<void> {
  if (quoted.length === 0) return
  await tx
    .insertInto('post_quotes')
    .values([...new Set(quoted)].map(quoted_post_id => ({ post_id: postId, quoted_post_id })))
    .execute()
}

/** The post that this form of this member made when it was sent before. */
export async function postOfSubmission(db: Db, memberId: number, submission: string): Promise<Post | undefined> {
  return submitted.first(db, { memberId, submission })
}

const submitted = hotQuery((db, given: Given<{ memberId: number; submission: string }>) =>
  db
    .selectFrom('submissions')
    .innerJoin('posts', 'posts.id', 'submissions.post_id')
    .selectAll('posts')
    .where('submissions.member_id', '=', given.memberId)
    .where('submission', '=', given.submission),
)

/** Notes what a form made; false when the same form has been noted already. */
export async function noteSubmission(tx: Tx, note: Note): Promise<boolean> {
  return (await newNote.first(tx, note)) !== undefined
}

type Note = { member_id: number; submission: string; post_id: number; created_at: number }

const newNote = hotQuery((db, given: Given<Note>) =>
  db
    .insertInto('submissions')
    .values({
      member_id: given.member_id,
      submission: given.submission,
      post_id: given.post_id,
      created_at: given.created_at,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('post_id'),
)

/** Forgets what forms made before then; how many. */
export async function deleteSubmissionsBefore(db: Db, time: number): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('submissions').where('created_at', '<', time).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
