import { convert, type Quotable, quotePart, quotesOf } from '../../content/index.ts'
import { NotFound, Refusal, Unavailable } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { memberById, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import type { Typed } from './compose-post.ts'
import { findPost } from './find-post.ts'
import { countWork } from './flood.ts'
import { mostQuoted, type QuoteValues } from './forms.ts'

/** Characters of HTML. To quote less than that is no work that would have to be counted. */
const muchToQuote = 2048

/**
 * The Markdown of the posts whose numbers `asked` holds (`678` or `678,690`; the first twenty), as attributed quotes; null
 * when there is nothing among them that this viewer may see. Throws TooMany.
 */
export async function quotesFor(db: Db, viewer: Viewer, asked: unknown): Promise<string | null> {
  const ids = typeof asked === 'string' && /^\d{1,9}(,\d{1,9})*$/.test(asked) ? asked.split(',').map(Number) : []
  const posts = await quotable(db, viewer, [...new Set(ids)].slice(0, mostQuoted))
  if (posts.length === 0) return null
  const html = htmlOf(posts)
  if (html.length > muchToQuote) await countWork(db, viewer, html, true)
  return quotesOf(posts)
}

/**
 * What somebody asks for from a page: several posts, or some words of one. Throws NotFound when they may see none of it,
 * TooMany, and Invalid or Unavailable as content does.
 */
export async function quoteAsked(db: Db, viewer: Viewer, { posts: ids, words, format }: QuoteValues): Promise<Typed> {
  const posts = await quotable(db, viewer, ids)
  await countWork(db, viewer, words ?? htmlOf(posts), true)
  const [first] = posts
  if (!first) throw new NotFound()
  const rules = await settings(db)
  const limits = { maxLength: rules.post_max_length, baseUrl: rules.base_url || undefined }
  const body = words === undefined ? await quotesOf(posts) : await quotePart(first, words, limits)
  const markdown = { body, format: 'markdown' } as const
  return format === 'html' ? convert(markdown, limits) : markdown
}

function htmlOf(posts: readonly Quotable[]): string {
  return posts.map(({ html }) => html).join('')
}

async function quotable(db: Db, viewer: Viewer, ids: readonly number[]): Promise<Quotable[]> {
  const posts: Quotable[] = []
  for (const id of ids) {
    const post = await quotableOne(db, viewer, id)
    if (post) posts.push(post)
  }
  return posts
}

async function quotableOne(db: Db, viewer: Viewer, id: number): Promise<Quotable | null> {
  try {
    const { post } = await findPost(db, viewer, id)
    if (post.position === null || post.erased_at !== null) return null
    const author = post.member_id === null ? undefined : await memberById(db, post.member_id)
    return { postId: post.id, name: author?.name ?? post.guest_name ?? '', html: post.html }
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof Unavailable)) return null
    throw error
  }
}
