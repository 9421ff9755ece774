import { quoteOf } from '../../content/index.ts'
import { Refusal, Unavailable } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { memberById, type Viewer } from '../members/index.ts'
import { findPost } from './find-post.ts'

/** At once one can quote so many posts. */
const mostQuoted = 10

/**
 * The Markdown of the posts whose numbers `asked` holds (`678` or `678,690`), as attributed quotes; null when there is
 * nothing among them that this viewer may see.
 */
export async function quotesFor(db: Db, viewer: Viewer, asked: unknown): Promise<string | null> {
  const ids = typeof asked === 'string' && /^\d{1,9}(,\d{1,9})*$/.test(asked) ? asked.split(',').map(Number) : []
  const quotes: string[] = []
  for (const id of new Set(ids.slice(0, mostQuoted))) {
    const quote = await quoteFor(db, viewer, id)
    if (quote !== null) quotes.push(quote)
  }
  return quotes.length > 0 ? quotes.join('') : null
}

async function quoteFor(db: Db, viewer: Viewer, id: number): Promise<string | null> {
  try {
    const { post } = await findPost(db, viewer, id)
    if (post.position === null || post.erased_at !== null) return null
    const author = post.member_id === null ? undefined : await memberById(db, post.member_id)
    return await quoteOf({ postId: post.id, name: author?.name ?? post.guest_name ?? '', html: post.html })
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof Unavailable)) return null
    throw error
  }
}
