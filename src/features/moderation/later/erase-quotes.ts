import { compose, textOf, toMarkdown, withoutQuotesOf } from '../../../content/index.ts'
import { Conflict, Invalid } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { rewritePost } from '../names/rewrite-post.ts'
import {
  quotingDrafts,
  quotingPosts,
  quotingTexts,
  writeClaim,
  writeDraft,
  writeEdit,
  writeVersion,
} from '../queries/erase.ts'

/** The job that erases quotes once more, for those who were answering when the post was erased. */
export const eraseQuotesJob = 'moderation.erase-quotes'

const tries = 5
/** Stands where a quote stood, in any language. */
export const erased = '…'

/**
 * Erases what others quoted of an erased post: in posts, their earlier versions and proposed edits, and in what people
 * have typed and not published. May run again. Throws Conflict when somebody keeps writing over it.
 */
export async function eraseQuotes(db: Db, postId: number): Promise<void> {
  for (let round = 0; round < tries; round++) {
    const written = [
      ...(await cleanPosts(db, postId)),
      ...(await cleanTexts(db, postId)),
      ...(await cleanDrafts(db, postId)),
    ]
    if (written.every(Boolean)) return
  }
  throw new Conflict()
}

function cleaned(stored: string, postId: number): { html: string; text: string } {
  const html = withoutQuotesOf(stored, postId, erased)
  return { html, text: textOf(html) }
}

async function cleanPosts(db: Db, postId: number): Promise<boolean[]> {
  const results: boolean[] = []
  for (const { id, topic_id, html } of await quotingPosts(db, postId)) {
    results.push(await rewritePost(db, { id, topic_id, html }, cleaned(html, postId).html))
  }
  return results
}

async function cleanTexts(db: Db, postId: number): Promise<boolean[]> {
  const { versions, edits } = await quotingTexts(db, postId)
  const results: boolean[] = []
  for (const { id, html } of versions) results.push(await writeVersion(db, id, html, cleaned(html, postId)))
  for (const { id, html } of edits) results.push(await writeEdit(db, id, html, cleaned(html, postId)))
  return results
}

async function cleanDrafts(db: Db, postId: number): Promise<boolean[]> {
  const { claims, drafts } = await quotingDrafts(db, postId)
  const results: boolean[] = []
  for (const claim of claims) {
    const clean = cleaned(claim.html, postId)
    const body = await cleanTyped(claim, postId)
    if (body !== null) results.push(await writeClaim(db, claim.id, claim.body, { ...clean, body }))
  }
  for (const draft of drafts) {
    const body = await cleanTyped(draft, postId)
    if (body !== null) results.push(await writeDraft(db, draft.id, draft.body, body))
  }
  return results
}

type Typed = { readonly body: string; readonly format: 'markdown' | 'html' }

/** What was typed, without the quotes; null when it has none. */
async function cleanTyped(typed: Typed, postId: number): Promise<string | null> {
  return changeTyped(typed, html => withoutQuotesOf(html, postId, erased))
}

/** What was typed, with its HTML changed; null when that changes nothing. What cannot be read goes altogether. */
export async function changeTyped(
  { body, format }: Typed,
  change: (html: string) => string | Promise<string>,
): Promise<string | null> {
  try {
    const { html } = await compose(
      { body, format },
      { maxLength: Number.MAX_SAFE_INTEGER, maxEmoji: Number.MAX_SAFE_INTEGER },
    )
    const changed = await change(html)
    if (changed === html) return null
    return format === 'html' ? changed : toMarkdown(changed)
  } catch (error) {
    if (error instanceof Invalid) return ''
    throw error
  }
}
