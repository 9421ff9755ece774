import { quotesIn } from '../../../content/index.ts'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import type { Db, Tx } from '../../../platform/store/index.ts'
import type { Topic } from '../../topics/index.ts'
import { lookElsewhereFor } from '../elsewhere/look-elsewhere.ts'
import {
  deleteProposedEdit,
  deleteVersion,
  newestVersion,
  type PostVersion,
  type ProposedEdit,
  proposedEditOf,
  putProposedEdit,
  setRejected,
  waitingEditsOf,
} from '../queries/edits.ts'
import { wasMoved } from '../queries/moves/notes.ts'
import { type Post, postById, writeQuotes } from '../queries/posts.ts'
import { lockTopic, updatePost } from '../queries/states.ts'
import { replaceText, retitle, showInstead } from './replace-text.ts'

/** The edits of these posts that wait for approval, by post. */
export async function waitingEdits(db: Db, postIds: readonly number[]): Promise<Map<number, ProposedEdit>> {
  return new Map((await waitingEditsOf(db, postIds)).map(edit => [edit.post_id, edit]))
}

/** When the post was changed after this edit was proposed, which would undo that; null: it was not. */
export function changedSince(post: Pick<Post, 'edited_at'>, edit: Pick<ProposedEdit, 'proposed_at'>): number | null {
  return post.edited_at !== null && post.edited_at > edit.proposed_at ? post.edited_at : null
}

/** What an approval replaced: the number of the version that it keeps, and by which version of content it was made. */
export interface Approved {
  readonly versionId: number
  readonly contentVersion: number
}

/**
 * Puts the proposed text in the place of the approved one. Throws Conflict when no edit waits any more, and when the post
 * was changed after the edit was proposed, unless `over` is the time of that change: whoever approves has seen it.
 */
export async function approveProposedEdit(tx: Tx, postId: number, over: number | null = null): Promise<Approved> {
  const { topic, post } = await lockPost(tx, postId)
  const edit = await waitingEdit(tx, postId)
  const changedAt = changedSince(post, edit)
  if (changedAt !== null && changedAt !== over) throw new Conflict(msg('posts.edit_outdated'))
  const text = { title: edit.title, html: edit.html, text: edit.text, version: edit.content_version }
  const by = { memberId: edit.member_id, at: edit.proposed_at, reason: edit.reason }
  await deleteProposedEdit(tx, postId)
  await replaceText(tx, topic, post, { ...text, quotes: quotesIn(edit.html) }, by)
  const version = (await newestVersion(tx, postId)) as PostVersion
  return { versionId: version.id, contentVersion: post.content_version }
}

/** Takes an approval back: the edit waits again. Throws Conflict when the post was changed after it. */
export async function unapproveEdit(
  tx: Tx,
  postId: number,
  { versionId, contentVersion }: Approved,
  pendingReason: string,
): Promise<void> {
  const { topic, post } = await lockPost(tx, postId)
  const version = await newestVersion(tx, postId)
  if (version?.id !== versionId || (await isWaiting(tx, postId))) throw new Conflict(msg('posts.edited_meanwhile'))
  await putProposedEdit(tx, {
    post_id: postId,
    member_id: version.replaced_by_id,
    title: version.title === null ? null : topic.title,
    html: post.html,
    text: post.text,
    content_version: post.content_version,
    reason: version.reason,
    proposed_at: version.replaced_at,
    pending_reason: pendingReason,
  })
  await deleteVersion(tx, versionId)
  await putBack(tx, topic, post, version, contentVersion)
}

/** Puts what a post said before, and is no version any more, in the place of what it says. */
export async function putBack(
  tx: Tx,
  topic: Topic,
  post: Post,
  version: PostVersion,
  content_version: number,
): Promise<void> {
  const earlier = await newestVersion(tx, post.id)
  const isTitle = topic.first_post_id === post.id && !(await wasMoved(tx, post.id))
  if (isTitle && version.title !== null && version.title !== topic.title) await retitle(tx, topic, version.title)
  await writeQuotes(tx, post.id, quotesIn(version.html))
  await showInstead(tx, post, version.html, null)
  await lookElsewhereFor(tx, post.id, version.html, post.html)
  await updatePost(tx, post.id, {
    html: version.html,
    text: version.text,
    content_version,
    edited_at: earlier?.replaced_at ?? null,
    edited_by_id: earlier?.replaced_by_id ?? null,
    edit_reason: earlier?.reason ?? null,
  })
}

/** Leaves the approved text as it is. Throws Conflict when no edit waits any more. */
export async function rejectProposedEdit(tx: Tx, postId: number): Promise<void> {
  await lockPost(tx, postId)
  await waitingEdit(tx, postId)
  await setRejected(tx, postId, Date.now())
}

/** Takes a rejection back: the edit waits again. Throws Conflict when there is another one by now. */
export async function unrejectEdit(tx: Tx, postId: number): Promise<void> {
  await lockPost(tx, postId)
  const edit = await proposedEditOf(tx, postId)
  if (edit?.rejected_at == null) throw new Conflict(msg('posts.edited_meanwhile'))
  await setRejected(tx, postId, null)
}

async function lockPost(tx: Tx, postId: number): Promise<{ topic: Topic; post: Post }> {
  const found = await postById(tx, postId)
  const topic = found && (await lockTopic(tx, found.topic_id))
  const post = await postById(tx, postId)
  if (!topic || !post) throw new NotFound()
  return { topic, post }
}

async function waitingEdit(tx: Tx, postId: number): Promise<ProposedEdit> {
  const edit = await proposedEditOf(tx, postId)
  if (!edit || edit.rejected_at !== null) throw new Conflict(msg('posts.edit_settled'))
  return edit
}

async function isWaiting(tx: Tx, postId: number): Promise<boolean> {
  const edit = await proposedEditOf(tx, postId)
  return edit !== undefined && edit.rejected_at === null
}
