import { type Change, changesBetween, changesOfLine } from '../../../content/index.ts'
import { type Message, msg } from '../../../platform/errors.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import { mayModerate, moderatedForums, type Viewer } from '../../members/index.ts'
import { changedSince } from '../../posts/index.ts'
import { heldByRule, holdsOf, type RuleHit, wordsRule } from '../../rules/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { actsFor, menuItem } from '../menus/menus.ts'
import { countWaiting, waitingIn } from '../queries/queue.ts'
import { type Item, loadItems } from '../targets/items.ts'

/** Something that waits for approval. */
export interface QueueItem extends Item {
  readonly since: number
  /** Why it waits. */
  readonly why: Message
  /** Of an edit: the reason that whoever edited gave. */
  readonly editReason: string | null
  /** Of an edit: what it changes, as Markdown, so that links show where they lead. */
  readonly changes: readonly Change[] | null
  readonly titleChanges: readonly Change[] | null
  /** Of an edit: the post was changed after it was proposed. */
  readonly outdated: boolean
  /** Empty where someone of higher standing has to decide. */
  readonly acts: readonly MenuItem[]
}

export interface QueuePage {
  readonly page: number
  readonly pages: number
  readonly total: number
  readonly items: readonly QueueItem[]
}

const perPage = 20

/** The forums whose waiting posts are this viewer's to judge. */
export function judgedForums(viewer: Viewer): number[] {
  return moderatedForums(viewer).filter(forum => mayModerate(viewer, forum, 'approve'))
}

/** What waits for this viewer's approval, the longest first. */
export async function queuePage(db: Db, viewer: Viewer, page: number, size = perPage): Promise<QueuePage> {
  const forums = judgedForums(viewer)
  const total = await countWaiting(db, forums)
  const waiting = await waitingIn(db, forums, windowOf(page, size))
  const since = new Map(waiting.map(one => [`${one.kind} ${one.id}`, one.since]))
  const items: QueueItem[] = []
  const loaded = await loadItems(db, viewer, waiting)
  const holds = await holdsOf(
    db,
    loaded.flatMap(({ post }) => post?.id ?? []),
  )
  for (const item of loaded) {
    items.push(await queueItem(viewer, item, since.get(`${item.target.kind} ${item.target.id}`) ?? 0, holds))
  }
  return {
    page,
    pages: pagesOf(total, size),
    total,
    items,
  }
}

async function queueItem(viewer: Viewer, item: Item, since: number, holds: readonly RuleHit[]): Promise<QueueItem> {
  const { target, post } = item
  const acts = actsFor(viewer, target).filter(act => act.right === 'approve')
  const edit = target.kind === 'edit' ? target.item : null
  const newTitle = edit?.title ?? null
  const over = edit && post && changedSince(post, edit)
  return {
    ...item,
    since,
    why: whyOf(item, holds),
    editReason: edit?.reason ?? null,
    changes: edit && (await changesBetween(post?.html ?? '', edit.html)),
    titleChanges: newTitle === null || newTitle === item.title ? null : await changesOfLine(item.title, newTitle),
    outdated: over !== null,
    acts: acts.map(act => withSeen(menuItem(act, target), over)),
  }
}

/** The rule that holds it back is named to those who judge what it did. */
function whyOf({ target, post }: Item, holds: readonly RuleHit[]): Message {
  const reason = ('pending_reason' in target.item && target.item.pending_reason) || 'moderation.waits'
  const isEdit = target.kind === 'edit' ? 1 : 0
  const own = holds.filter(hit => hit.post_id === post?.id && hit.edit === isEdit)
  const names = own.filter(hit => hit.rule_id !== wordsRule).map(hit => hit.name)
  if (![heldByRule, 'moderation.waits_again'].includes(reason) || own.length === 0) return msg(reason)
  if (names.length === 0) return msg('words.why_held')
  return msg('rules.why', { rule: [...new Set(names)].join(', ') })
}

/** Whoever presses the button has seen that the post was changed, and when. */
function withSeen(act: MenuItem, over: number | null): MenuItem {
  return over === null ? act : { ...act, fields: { ...act.fields, over: String(over) } }
}
