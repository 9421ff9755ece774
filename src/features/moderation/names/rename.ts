import { quotesIn, textOf, withNameChanged } from '../../../content/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import type { Db, Tx } from '../../../platform/store/index.ts'
import { memberById } from '../../members/index.ts'
import { postById } from '../../posts/index.ts'
import { quotingPosts, quotingTexts, writeEdit, writeVersion } from '../queries/erase.ts'
import { postsOf } from '../queries/naming.ts'
import { changeTextsNaming } from './change-texts.ts'
import { rewritePost } from './rewrite-post.ts'

/** The jobs that bring names in what others wrote up to date. */
export const renameQuotesJob = 'moderation.rename-quotes'
export const renameMemberJob = 'moderation.rename-member'

/** Quotes of this post shall say whose it is now. */
export async function renameQuotesSoon(tx: Tx, postId: number): Promise<void> {
  await enqueue(tx, renameQuotesJob, { postId }, { key: `${renameQuotesJob}:${postId}` })
}

/** Quotes of this member, and mentions, shall say what they are called now. */
export async function renameMemberSoon(tx: Tx, memberId: number): Promise<void> {
  await enqueue(tx, renameMemberJob, { memberId }, { key: `${renameMemberJob}:${memberId}` })
}

/** Does that for one post. May run again. */
export async function renameQuotes(db: Db, postId: number): Promise<void> {
  const post = await postById(db, postId)
  if (!post) return
  const name = post.member_id === null ? post.guest_name : (await memberById(db, post.member_id))?.name
  if (!name) return
  const change = (html: string) => withNameChanged(html, { member: 0, posts: new Set([postId]), name, mentioned: null })
  for (const quoting of await quotingPosts(db, postId)) {
    const html = change(quoting.html)
    if (html !== quoting.html) await rewritePost(db, quoting, html)
  }
  const { versions, edits } = await quotingTexts(db, postId)
  for (const { id, html } of versions) await writeVersion(db, id, html, written(change(html)))
  for (const { id, html } of edits) await writeEdit(db, id, html, written(change(html)))
}

function written(html: string) {
  return { html, text: textOf(html) }
}

/** Does that for everything of a member, as they are called at this moment. May run again. */
export async function renameMember(db: Db, memberId: number): Promise<void> {
  const member = await memberById(db, memberId)
  if (!member || member.deleted_at !== null) return
  const { name } = member
  await changeTextsNaming(db, memberId, async html => {
    const quoted = quotesIn(html)
    const theirs = quoted.length > 0 ? await postsOf(db, memberId, quoted) : []
    const posts = new Set(theirs.map(({ id }) => id))
    return withNameChanged(html, { member: memberId, posts, name, mentioned: memberId })
  })
}
