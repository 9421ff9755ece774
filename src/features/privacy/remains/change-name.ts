import { setImmediate } from 'node:timers/promises'
import { quotesIn, textOf, withNameChanged, withoutQuotesOf } from '../../../content/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { deletedName } from '../../members/index.ts'
import { changeTyped, erased, writeClaim, writeDraft, writeEdit, writeVersion } from '../../moderation/index.ts'
import { lockTopic, postById, updatePost, writeQuotes } from '../../posts/index.ts'
import {
  claimsNaming,
  draftsNaming,
  editsNaming,
  lastPostId,
  postsMentioning,
  postsOf,
  postsQuoting,
  type StoredText,
  versionsNaming,
} from '../queries/remains.ts'

const portion = 200
/** Posts looked through at a time for mentions. */
const stretch = 2000

type Change = (html: string) => Promise<string>

/**
 * In what others wrote: quotes of this member's posts say no name any more, or nothing at all where the post is erased, and
 * mentions become plain text. May run again: what somebody changes at this moment is left to the next time.
 */
export async function changeNameEverywhere(db: Db, memberId: number): Promise<void> {
  const change: Change = html => changed(db, memberId, html)
  await inQuotes(db, memberId, change)
  await inMentions(db, memberId, change)
  await inTexts(
    after => versionsNaming(db, memberId, after, portion),
    change,
    (id, before, text) => writeVersion(db, id, before, text),
  )
  await inTexts(
    after => editsNaming(db, memberId, after, portion),
    change,
    (id, before, text) => writeEdit(db, id, before, text),
  )
  await inTyped(db, memberId, change)
}

async function changed(db: Db, memberId: number, html: string): Promise<string> {
  const quoted = quotesIn(html)
  const theirs = quoted.length > 0 ? await postsOf(db, memberId, quoted) : []
  const [gone, there] = [theirs.filter(isErased), theirs.filter(post => !isErased(post))]
  const without = gone.reduce((text, { id }) => withoutQuotesOf(text, id, erased), html)
  const posts = new Set(there.map(({ id }) => id))
  return withNameChanged(without, { member: memberId, posts, name: deletedName })
}

function isErased({ erased_at }: { readonly erased_at: number | null }): boolean {
  return erased_at !== null
}

async function inQuotes(db: Db, memberId: number, change: Change): Promise<void> {
  for (let after = 0; ; await setImmediate()) {
    const posts = await postsQuoting(db, memberId, after, portion)
    for (const post of posts) await rewrite(db, post, change)
    if (posts.length < portion) return
    after = posts.at(-1)?.id ?? after
  }
}

async function inMentions(db: Db, memberId: number, change: Change): Promise<void> {
  const last = await lastPostId(db)
  for (let from = 0; from < last; from += stretch) {
    for (const post of await postsMentioning(db, memberId, from, from + stretch)) await rewrite(db, post, change)
    await setImmediate()
  }
}

type StoredPost = StoredText & { readonly topic_id: number }

async function rewrite(db: Db, { id, topic_id, html }: StoredPost, change: Change): Promise<void> {
  const clean = await change(html)
  if (clean === html) return
  const quotes = quotesIn(clean)
  await inTransaction(db, async tx => {
    await lockTopic(tx, topic_id)
    if ((await postById(tx, id))?.html !== html) return
    await updatePost(tx, id, { html: clean, text: textOf(clean) })
    await writeQuotes(tx, id, quotes)
  })
}

type Write = (id: number, before: string, text: { html: string; text: string }) => Promise<boolean>

async function inTexts(read: (after: number) => Promise<StoredText[]>, change: Change, write: Write): Promise<void> {
  for (let after = 0; ; await setImmediate()) {
    const texts = await read(after)
    for (const { id, html } of texts) {
      const clean = await change(html)
      if (clean !== html) await write(id, html, { html: clean, text: textOf(clean) })
    }
    if (texts.length < portion) return
    after = texts.at(-1)?.id ?? after
  }
}

async function inTyped(db: Db, memberId: number, change: Change): Promise<void> {
  for (let after = 0; ; await setImmediate()) {
    const claims = await claimsNaming(db, memberId, after, portion)
    for (const { id, html, ...typed } of claims) {
      const body = await changeTyped(typed, change)
      const clean = await change(html)
      if (body !== null) await writeClaim(db, id, typed.body, { body, html: clean, text: textOf(clean) })
    }
    if (claims.length < portion) break
    after = claims.at(-1)?.id ?? after
  }
  for (let after = 0; ; await setImmediate()) {
    const drafts = await draftsNaming(db, memberId, after, portion)
    for (const { id, ...typed } of drafts) {
      const body = await changeTyped(typed, change)
      if (body !== null) await writeDraft(db, id, typed.body, body)
    }
    if (drafts.length < portion) return
    after = drafts.at(-1)?.id ?? after
  }
}
