import { setImmediate } from 'node:timers/promises'
import { textOf } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { writeEdit, writeVersion } from '../queries/erase.ts'
import {
  editsNaming,
  lastPostId,
  postsMentioning,
  postsQuoting,
  type StoredText,
  versionsNaming,
} from '../queries/naming.ts'
import { rewritePost, type StoredPost } from './rewrite-post.ts'

const portion = 200
/** Posts looked through at a time for mentions. */
const stretch = 2000

export type ChangeHtml = (html: string) => Promise<string>

/**
 * Changes whatever others published that quotes or mentions this member: posts, their earlier versions and proposed edits.
 * May run again: what somebody changes at this moment is left to the next time.
 */
export async function changeTextsNaming(db: Db, memberId: number, change: ChangeHtml): Promise<void> {
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
}

async function inQuotes(db: Db, memberId: number, change: ChangeHtml): Promise<void> {
  for (let after = 0; ; await setImmediate()) {
    const posts = await postsQuoting(db, memberId, after, portion)
    for (const post of posts) await rewrite(db, post, change)
    if (posts.length < portion) return
    after = posts.at(-1)?.id ?? after
  }
}

async function inMentions(db: Db, memberId: number, change: ChangeHtml): Promise<void> {
  const last = await lastPostId(db)
  for (let from = 0; from < last; from += stretch) {
    for (const post of await postsMentioning(db, memberId, from, from + stretch)) await rewrite(db, post, change)
    await setImmediate()
  }
}

async function rewrite(db: Db, post: StoredPost, change: ChangeHtml): Promise<void> {
  const clean = await change(post.html)
  if (clean !== post.html) await rewritePost(db, post, clean)
}

type Write = (id: number, before: string, text: { html: string; text: string }) => Promise<boolean>

async function inTexts(read: (after: number) => Promise<StoredText[]>, change: ChangeHtml, write: Write) {
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
