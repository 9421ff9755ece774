import { Invalid, msg } from '../../../platform/errors.ts'
import { limits } from '../../../platform/limits/index.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import type { KeptText, Place } from '../../posts/index.ts'
import { deleteTypedBefore, insertTyped, keptOf, replaceTyped, trimTyped, typedDraft } from './queries.ts'

/** What nobody has touched for so long is forgotten, in milliseconds. */
export const typedKeptMs = 30 * 24 * 60 * 60 * 1000

/** So many texts of a member at once, and characters in all of them; those that were touched longest ago go. */
const most = { texts: 50, characters: 1_000_000 }
/** Characters: far more than any post may have, and no more than a form may send. */
const longest = 300_000
const longestTitle = 2000
/** Whoever types without a pause and on several devices stays below it. A long text costs more than one point. */
const patience = { points: 90, seconds: 60 }
const perPoint = 32 * 1024

export interface TypedText {
  readonly place: Place
  /** null: a text without one. */
  readonly title: string | null
  /** What is to stand before the title. */
  readonly prefix: number | null
  readonly body: string
  readonly format: 'markdown' | 'html'
  /** When what this goes on from was saved; null: nothing that is known. */
  readonly base: number | null
}

/** What is saved now, or what stands in the way: another text, of which whoever typed this one knows nothing. */
export type Saved = { readonly kept: KeptText; readonly isOther: boolean }

/**
 * Saves what a member is typing at a place, over what they went on from and over nothing else. Throws Invalid for what is
 * too long, TooMany.
 */
export async function saveTyped(db: Db, memberId: number, text: TypedText): Promise<Saved> {
  if (text.body.length > longest || (text.title?.length ?? 0) > longestTitle) {
    throw new Invalid({ body: msg('drafts.too_long') })
  }
  await limits(db).spend('drafts', `member ${memberId}`, patience, 1 + Math.floor(text.body.length / perPoint))
  return inTransaction(db, tx => save(tx, memberId, text))
}

async function save(tx: Tx, memberId: number, text: TypedText): Promise<Saved> {
  const { place, title, prefix, body, format } = text
  const at = await write(tx, memberId, text)
  if (at !== null) await trimTyped(tx, memberId, most)
  const there = at === null ? await typedDraft.first(tx, { memberId, place }) : undefined
  if (!there) return { kept: { title, prefix, body, format, at: at ?? Date.now() }, isOther: false }
  const isSame = there.title === title && there.body === body && there.format === format
  return { kept: keptOf(there), isOther: !isSame }
}

/** When it is saved; null: something else is saved there. */
async function write(tx: Tx, memberId: number, text: TypedText): Promise<number | null> {
  const { place, title, prefix, body, format, base } = text
  const now = Date.now()
  const row = { member_id: memberId, place, title, prefix_id: prefix, body, format, created_at: now }
  const next = Math.max(now, (base ?? 0) + 1)
  if (base !== null && (await replaceTyped(tx, base, { ...row, created_at: next }))) return next
  return (await insertTyped(tx, { ...row, ...partsOf(place), reason: null })) ? now : null
}

function partsOf(place: Place): { topic_id: number | null; forum_id: number | null } {
  const [kind, id] = place.split(':')
  return { topic_id: kind === 'topic' ? Number(id) : null, forum_id: kind === 'forum' ? Number(id) : null }
}

/** Forgets what nobody has touched for a long time; how many. */
export async function purgeTyped(db: Db, now = Date.now()): Promise<number> {
  return deleteTypedBefore(db, now - typedKeptMs)
}
