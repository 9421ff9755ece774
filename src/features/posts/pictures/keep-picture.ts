import { remotePicturesIn, withPictureKept } from '../../../content/index.ts'
import type { DiskFile, Files } from '../../../platform/files/index.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { asPicture, insertUse, removeAttachment, takeFile } from '../../attachments/index.ts'
import { postById } from '../queries/posts.ts'
import { lockTopic, updatePost } from '../queries/states.ts'

/** A picture that was fetched from elsewhere, as it lies on the disk, for a post that shows it. */
export interface Fetched extends DiskFile {
  /** The address in the text. */
  readonly sourceUrl: string
  readonly postId: number
}

/**
 * Keeps a copy and shows it in the post, which is no edit of it. False when the post does not show that address (any
 * more). Throws Invalid for what is no picture, and Unavailable when too many wait.
 */
export async function keepPicture(db: Db, files: Files, fetched: Fetched): Promise<boolean> {
  const { postId, sourceUrl } = fetched
  const post = await postById(db, postId)
  if (!post || !remotePicturesIn(post.html).includes(sourceUrl)) return false
  const attachment = await takeFile(db, files, null, fetched, sourceUrl)
  const picture = asPicture(attachment)
  const isShown = picture !== null && (await inTransaction(db, tx => show(tx, fetched, { id: attachment.id, picture })))
  if (!isShown) await removeAttachment(db, files, attachment.id)
  return isShown
}

type Kept = { readonly id: number; readonly picture: NonNullable<ReturnType<typeof asPicture>> }

async function show(tx: Tx, { postId, sourceUrl }: Fetched, { id, picture }: Kept): Promise<boolean> {
  const found = await postById(tx, postId)
  const topic = found && (await lockTopic(tx, found.topic_id))
  const post = topic && (await postById(tx, postId))
  const html = post ? withPictureKept(post.html, sourceUrl, picture) : ''
  if (!post || html === post.html) return false
  await updatePost(tx, postId, { html })
  await insertUse(tx, id, postId)
  return true
}
