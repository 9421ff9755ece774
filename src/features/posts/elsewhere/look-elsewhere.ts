import { remotePicturesIn } from '../../../content/index.ts'
import { enqueue, type Handlers } from '../../../platform/jobs/index.ts'
import type { Tx } from '../../../platform/store/index.ts'
import type { PostPublished } from '../events.ts'
import { leadingElsewhere } from '../queries/cards.ts'
import { bringPictures, bringPicturesJob, bringPicturesSoon, type PicturesOf } from './bring-pictures.ts'
import { linksAlone, readLinks } from './read-links.ts'

const readLinksJob = 'posts.read-links'

/** What is done for posts that lead elsewhere. */
export const elsewhereJobs: Handlers = {
  [readLinksJob]: ({ postId }: { postId: number }, { db }) => readLinks(db, postId),
  [bringPicturesJob]: (of: PicturesOf, { db }) => bringPictures(db, of),
}

/** Answers new posts: what they lead to is fetched, so that readers need not. */
export async function lookElsewhere(tx: Tx, published: readonly PostPublished[]): Promise<void> {
  const posts = await leadingElsewhere(
    tx,
    published.map(({ postId }) => postId),
  )
  for (const { id, html } of posts) await lookElsewhereFor(tx, id, html)
}

/** The same for a post whose text was replaced. */
export async function lookElsewhereFor(tx: Tx, postId: number, html: string, before = ''): Promise<void> {
  if ([html, before].some(text => linksAlone(text).length > 0))
    await enqueue(tx, readLinksJob, { postId }, { key: `links:${postId}` })
  if (remotePicturesIn(html).length > 0) await bringPicturesSoon(tx, { postId })
}
