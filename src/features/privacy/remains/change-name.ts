import { setImmediate } from 'node:timers/promises'
import { quotesIn, textOf, withNameChanged, withoutQuotesOf } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { deletedName, type Member } from '../../members/index.ts'
import {
  type ChangeHtml,
  changeTextsNaming,
  changeTyped,
  erased,
  postsOf,
  writeClaim,
  writeDraft,
} from '../../moderation/index.ts'
import { claimsNaming, draftsNaming } from '../queries/remains.ts'

const portion = 200

/** Who is meant from now on where somebody was mentioned who is gone. */
export type Heir = Pick<Member, 'id' | 'name'>

/**
 * In what others wrote: quotes of this member's posts say no name any more, or nothing at all where the post is erased, and
 * mentions become plain text, or mean the heir. May run again: what somebody changes at this moment is left to the next time.
 */
export async function changeNameEverywhere(db: Db, memberId: number, heir: Heir | null = null): Promise<void> {
  const change: ChangeHtml = html => changed(db, memberId, html, heir)
  await changeTextsNaming(db, memberId, change)
  await inTyped(db, memberId, change)
}

async function changed(db: Db, memberId: number, html: string, heir: Heir | null): Promise<string> {
  const quoted = quotesIn(html)
  const theirs = quoted.length > 0 ? await postsOf(db, memberId, quoted) : []
  const [gone, there] = [theirs.filter(isErased), theirs.filter(post => !isErased(post))]
  const without = gone.reduce((text, { id }) => withoutQuotesOf(text, id, erased), html)
  const posts = new Set(there.map(({ id }) => id))
  return withNameChanged(without, {
    member: memberId,
    posts,
    name: heir?.name ?? deletedName,
    mentioned: heir?.id ?? null,
  })
}

function isErased({ erased_at }: { readonly erased_at: number | null }): boolean {
  return erased_at !== null
}

async function inTyped(db: Db, memberId: number, change: ChangeHtml): Promise<void> {
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
