import { quotesIn, textOf } from '../../../content/index.ts'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { copyUses } from '../../attachments/index.ts'
import type { Topic } from '../../topics/index.ts'
import { changePostState } from '../change-state.ts'
import { putBack } from '../edits/propose-edit.ts'
import { type Replacing, replaceText } from '../edits/replace-text.ts'
import { deleteVersion, newestVersion, type PostVersion } from '../queries/edits.ts'
import { type Post, postById } from '../queries/posts.ts'
import { lockTopic, updatePost } from '../queries/states.ts'

/** What taking it back needs to know. */
export interface JoinedPosts {
  /** What the post said before. */
  readonly version: number
  readonly contentVersion: number
  /** The others, in their order. */
  readonly others: readonly number[]
}

/**
 * Puts what these posts of one author say into the first of them, in their order. The others are deleted, and links to
 * them lead to it. On a topic that is locked; all of them are public.
 */
export async function mergePosts(tx: Tx, topic: Topic, posts: readonly Post[], by: Replacing): Promise<JoinedPosts> {
  const [kept, ...others] = posts
  if (!kept) throw new NotFound()
  const html = posts.map(post => post.html).join('\n')
  const ids = others.map(({ id }) => id)
  await copyUses(tx, ids, kept.id)
  // Whoever puts texts together has written none of them.
  await replaceText(tx, topic, kept, { ...joined(html), version: oldestContent(posts) }, { ...by, opens: null })
  for (const id of ids) {
    await updatePost(tx, id, { merged_into_id: kept.id })
    await changePostState(tx, topic.id, id, { deleted_at: by.at })
  }
  const version = (await newestVersion(tx, kept.id)) as PostVersion
  return { version: version.id, contentVersion: kept.content_version, others: ids }
}

function joined(html: string) {
  return { title: null, html, text: textOf(html), quotes: quotesIn(html) }
}

function oldestContent(posts: readonly Post[]): number {
  return Math.min(...posts.map(post => post.content_version))
}

/**
 * Gives every post its own text back. Throws Conflict when the text was changed since, or the others' texts are gone for
 * good.
 */
export async function unmergePosts(tx: Tx, postId: number, { version, contentVersion, others }: JoinedPosts) {
  const post = await postById(tx, postId)
  const topic = post && (await lockTopic(tx, post.topic_id))
  const before = await newestVersion(tx, postId)
  if (!topic || before?.id !== version) throw new Conflict(msg('moderation.since_changed'))
  const hidden = await Promise.all(others.map(id => postById(tx, id)))
  if (hidden.some(one => one?.merged_into_id !== postId)) throw new Conflict(msg('moderation.since_changed'))
  if (hidden.some(one => one?.erased_at !== null)) throw new Conflict(msg('moderation.since_purge'))
  await deleteVersion(tx, version)
  await putBack(tx, topic, post, { ...before, title: null }, contentVersion)
  for (const one of hidden) {
    if (!one) continue
    await updatePost(tx, one.id, { merged_into_id: null })
    await changePostState(tx, one.topic_id, one.id, { deleted_at: null })
  }
}
