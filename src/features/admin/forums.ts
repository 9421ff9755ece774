import { compose } from '../../content/index.ts'
import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction, mayTakeAMinute } from '../../platform/store/index.ts'
import {
  dropForum,
  type ForumNode,
  type ForumValues,
  forumIcons,
  forumTree,
  lockArrangement,
  lockForum,
  subtree,
} from '../forums/index.ts'
import { moveAllTopics } from '../posts/index.ts'
import { settings } from '../settings/index.ts'
import type { ForumFields } from './forms.ts'
import { hasTopics } from './queries.ts'

/** Every category and forum in the order of the index, with how deep it stands. */
export async function forumList(db: Db): Promise<{ forum: ForumNode; depth: number }[]> {
  const { roots } = await forumTree(db)
  return roots.flatMap(subtree).map(forum => ({ forum, depth: forum.ancestors.length }))
}

const longestRules = 20_000

/** A form of a category, forum or link as it is stored. Throws Invalid for rules that cannot be kept. */
export async function forumValues(db: Db, fields: ForumFields): Promise<ForumValues> {
  const { kind, name, description, topic_order, approval, prefix_required } = fields
  const icon = forumIcons.find(one => one === fields.icon) ?? null
  const leads_to = kind === 'link' ? fields.address : null
  if (leads_to === '') throw new Invalid({ address: msg('admin.address_link') })
  return {
    kind,
    name,
    description,
    parentId: fields.parent,
    guestPosting: fields.guest_posting,
    more: {
      ...{ icon, topic_order, approval, prefix_required, leads_to },
      asks: kind === 'forum' && fields.type === 'questions' ? 1 : 0,
      rules: fields.rules,
      rules_html: await rulesHtml(db, fields.rules),
    },
  }
}

async function rulesHtml(db: Db, body: string): Promise<string> {
  if (body === '') return ''
  const { base_url } = await settings(db)
  const limits = { maxLength: longestRules, maxEmoji: 100, baseUrl: base_url || undefined }
  try {
    return (await compose({ body, format: 'markdown' }, limits)).html
  } catch (refused) {
    if (refused instanceof Invalid) throw new Invalid({ rules: refused.reason ?? msg('admin.forum_rules_long') })
    throw refused
  }
}

/** What deleting a category or forum asks. */
export interface Deletion {
  /** It holds nothing that would have to go anywhere. */
  readonly isEmpty: boolean
  /** Forums that can take its topics; of a category, those that can take its forums. */
  readonly heirs: readonly ForumNode[]
}

export async function deletionOf(db: Db, forum: ForumNode): Promise<Deletion> {
  const below = new Set(subtree(forum).map(({ id }) => id))
  const others = (await forumList(db)).map(row => row.forum).filter(({ id }) => !below.has(id))
  return {
    isEmpty: forum.kind === 'category' ? forum.children.length === 0 : !(await hasTopics(db, forum.id)),
    heirs: others.filter(one => one.kind === forum.kind),
  }
}

/**
 * Deletes a category or forum; what it holds moves to another one first, its subforums to where it stood. Throws NotFound,
 * or Invalid when there is something to move and nowhere to put it.
 */
export async function deleteForum(db: Db, id: number, moveTo: number | undefined): Promise<void> {
  await inTransaction(db, async tx => {
    await lockArrangement(tx)
    for (const one of [id, moveTo ?? id].sort((a, b) => a - b)) await lockForum(tx, one)
    const forum = (await forumTree(tx)).byId.get(id)
    if (!forum) throw new NotFound()
    const { isEmpty, heirs } = await deletionOf(tx, forum)
    const heir = heirs.find(one => one.id === moveTo)
    if (!heir && !isEmpty) throw new Invalid({ move_to: msg('admin.move_to_missing') })
    await mayTakeAMinute(tx)
    if (heir) await moveAllTopics(tx, id, heir.id)
    await dropForum(tx, id, forum.kind === 'category' ? (heir?.id ?? null) : forum.parentId)
  })
}
