import { attachmentsIn, attachmentsShownBy } from '../../../content/index.ts'
import { slugOf } from '../../../platform/slug.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { showAttachments } from '../../attachments/index.ts'
import { touchForums } from '../../forums/index.ts'
import type { Topic } from '../../topics/index.ts'
import { lookElsewhereFor } from '../elsewhere/look-elsewhere.ts'
import { insertVersion } from '../queries/edits.ts'
import { type Post, writeQuotes } from '../queries/posts.ts'
import { updatePost, updateTopic } from '../queries/states.ts'

/** What a post says; `title` only of an opening post: it is the topic's. */
export interface PostText {
  readonly title: string | null
  readonly html: string
}

export interface NewText extends PostText {
  readonly text: string
  readonly version: number
  readonly quotes: readonly number[]
}

/** By whom a text is replaced, when, and for what stated reason. */
export interface Replacing {
  readonly memberId: number
  readonly at: number
  readonly reason: string | null
  /** Whose files the text opens; theirs unless told, null: nobody's that were not open. */
  readonly opens?: number | null
}

/** The topic's title belongs to its opening post. */
export function textOf(topic: Topic, post: Post): PostText {
  return { title: topic.first_post_id === post.id ? topic.title : null, html: post.html }
}

/** Keeps what the post said as a version and puts the new text in its place, on a topic that is locked. */
export async function replaceText(tx: Tx, topic: Topic, post: Post, text: NewText, by: Replacing): Promise<Post> {
  await insertVersion(tx, {
    post_id: post.id,
    ...textOf(topic, post),
    text: post.text,
    replaced_at: by.at,
    replaced_by_id: by.memberId,
    reason: by.reason,
  })
  await writeQuotes(tx, post.id, text.quotes)
  await showInstead(tx, post, text.html, by.opens === undefined ? by.memberId : by.opens)
  await lookElsewhereFor(tx, post.id, text.html, post.html)
  const isTitle = topic.first_post_id === post.id
  if (isTitle && text.title !== null && text.title !== topic.title) await retitle(tx, topic, text.title)
  return updatePost(tx, post.id, {
    html: text.html,
    text: text.text,
    content_version: text.version,
    edited_at: by.at,
    edited_by_id: by.memberId,
    edit_reason: by.reason,
  })
}

/**
 * What the post shows from now on, if that is anything or was. What it named before was shown then, or is not the author's
 * to show: whoever else edits the text has not chosen it.
 */
export async function showInstead(tx: Tx, post: Post, html: string, by: number | null): Promise<void> {
  const [ids, before] = [attachmentsShownBy(html), attachmentsIn(post.html)]
  if (ids.length > 0 || before.length > 0) await showAttachments(tx, { postId: post.id, ids, before, by })
}

/** Gives the topic another title and the address that goes with it. */
export async function retitle(tx: Tx, topic: Topic, title: string): Promise<void> {
  await updateTopic(tx, topic.id, { title, slug: slugOf(title) })
  await touchForums(tx, [topic.forum_id])
}
