import { contains, type Db, type Tx } from '../../../platform/store/index.ts'

/** Empties the post itself and everything that belongs to it and holds words of it. */
export async function emptyPost(tx: Tx, postId: number, at: number): Promise<void> {
  const nothing = { edited_at: null, edited_by_id: null, edit_reason: null }
  const notRecommended = { recommended_at: null, recommended_by_id: null, recommended_note: null }
  await tx
    .updateTable('posts')
    .set({ html: '', text: '', erased_at: at, ...nothing, ...notRecommended })
    .where('id', '=', postId)
    .execute()
  await tx.deleteFrom('post_versions').where('post_id', '=', postId).execute()
  await tx.deleteFrom('proposed_edits').where('post_id', '=', postId).execute()
  await tx.deleteFrom('attachment_uses').where('post_id', '=', postId).execute()
  await tx.deleteFrom('claims').where('post_id', '=', postId).where('taken_at', 'is', null).execute()
  await tx
    .updateTable('moderation_log')
    .set({ details: '{}' })
    .where('target_kind', 'in', ['post', 'edit'])
    .where('target_id', '=', postId)
    .execute()
}

/** What the log has of the titles that a topic had. */
export async function forgetTitles(tx: Tx, topicId: number): Promise<void> {
  await tx
    .updateTable('moderation_log')
    .set({ details: '{}' })
    .where('target_kind', '=', 'topic')
    .where('target_id', '=', topicId)
    .where('act', '=', 'retitle')
    .execute()
}

/** How stored HTML marks a quote of this post. */
function mark(postId: number): string {
  return `data-post="${postId}"`
}

/** The posts that quote this one. */
export async function quotingPosts(db: Db, postId: number) {
  return db
    .selectFrom('post_quotes')
    .innerJoin('posts', 'posts.id', 'post_quotes.post_id')
    .select(['posts.id', 'posts.topic_id', 'posts.html'])
    .where('quoted_post_id', '=', postId)
    .execute()
}

/** Earlier texts, and texts that wait, which quote this post. */
export async function quotingTexts(db: Db, postId: number) {
  const versions = await db
    .selectFrom('post_versions')
    .select(['id', 'html'])
    .where(eb => contains(db, eb.ref('html'), mark(postId)))
    .execute()
  const edits = await db
    .selectFrom('proposed_edits')
    .select(['post_id as id', 'html'])
    .where(eb => contains(db, eb.ref('html'), mark(postId)))
    .execute()
  return { versions, edits }
}

/** What people have typed and not published that may quote this post. */
export async function quotingDrafts(db: Db, postId: number) {
  const link = `/post/${postId}`
  const claims = await db
    .selectFrom('claims')
    .select(['id', 'body', 'format', 'html'])
    .where(eb => eb.or([contains(db, eb.ref('html'), mark(postId)), contains(db, eb.ref('body'), link)]))
    .execute()
  const drafts = await db
    .selectFrom('drafts')
    .select(['id', 'body', 'format'])
    .where(eb => contains(db, eb.ref('body'), link))
    .execute()
  return { claims, drafts }
}

interface Text {
  readonly html: string
  readonly text: string
}

/** Each writes only over what was read: false when it has changed meanwhile. */
export async function writeVersion(db: Db, id: number, before: string, { html, text }: Text): Promise<boolean> {
  const query = db.updateTable('post_versions').set({ html, text }).where('id', '=', id).where('html', '=', before)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}

export async function writeEdit(db: Db, postId: number, before: string, { html, text }: Text): Promise<boolean> {
  const query = db.updateTable('proposed_edits').set({ html, text }).where('post_id', '=', postId)
  return (await query.where('html', '=', before).returning('post_id').executeTakeFirst()) !== undefined
}

export async function writeClaim(db: Db, id: number, before: string, text: Text & { body: string }): Promise<boolean> {
  const query = db.updateTable('claims').set(text).where('id', '=', id).where('body', '=', before)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}

export async function writeDraft(db: Db, id: number, before: string, body: string): Promise<boolean> {
  const query = db.updateTable('drafts').set({ body }).where('id', '=', id).where('body', '=', before)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}
