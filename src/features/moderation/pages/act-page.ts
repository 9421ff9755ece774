import { excerpt } from '../../../content/index.ts'
import { type Message, msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type ForumNode, forumTree } from '../../forums/index.ts'
import { mayIn, type Viewer } from '../../members/index.ts'
import type { Act, Offer } from '../act.ts'
import { countOf } from '../notices.ts'
import { type Missed, targetsFor } from '../performing/perform.ts'
import { type Item, loadItems } from '../targets/items.ts'
import type { Ref, Target } from '../targets/target.ts'

export interface ActItem extends Item {
  readonly excerpt: string
}

export interface ActPage {
  readonly act: Act
  /** What is about to be done, and to what. */
  readonly heading: Message
  /** What it would be done to. */
  readonly items: readonly ActItem[]
  /** What it would not be done to, and why. */
  readonly missed: readonly Missed[]
  /** Where a topic can go, with how deep each forum lies; categories only hold. */
  readonly forums: readonly { readonly forum: ForumNode; readonly open: boolean }[]
  /** What can be picked in its fields, by their names. */
  readonly offers: Readonly<Record<string, readonly Offer[]>>
  /** Replies that go with the topics, the opening posts not counted. */
  readonly replies: number
}

/** What is asked before an act is done. Throws what refuses all of it; no items: somebody else has handled them. */
export async function actPage(db: Db, viewer: Viewer, act: Act, refs: readonly Ref[]): Promise<ActPage> {
  const { targets, missed } = await targetsFor(db, viewer, act, refs)
  const items = (await loadItems(db, viewer, targets)).map(item => ({ ...item, excerpt: excerptOf(item) }))
  return {
    act,
    heading: msg(`moderation.ask_${act.name}`, countOf(targets)),
    items,
    missed,
    forums: act.fields.some(field => field.control === 'forum') ? await places(db, viewer) : [],
    offers: await offersOf(db, act, targets),
    replies: items.reduce((sum, item) => sum + repliesOf(item), 0),
  }
}

async function offersOf(db: Db, { fields }: Act, targets: readonly Target[]): Promise<ActPage['offers']> {
  const found: [string, readonly Offer[]][] = []
  for (const field of fields) if (field.offers) found.push([field.name, await field.offers(db, targets)])
  return Object.fromEntries(found)
}

async function places(db: Db, viewer: Viewer) {
  const inOrder = (nodes: readonly ForumNode[]): ForumNode[] => nodes.flatMap(node => [node, ...inOrder(node.children)])
  const readable = inOrder((await forumTree(db)).roots).filter(forum => mayIn(viewer, forum.id, 'read'))
  return readable.map(forum => ({ forum, open: forum.kind === 'forum' && mayIn(viewer, forum.id, 'start') }))
}

const excerptLength = 120

function excerptOf({ target, post }: Item): string {
  const { text } = target.kind === 'claim' || target.kind === 'edit' ? target.item : (post ?? { text: '' })
  return excerpt(text, excerptLength)
}

/** Only an opening post takes others along. */
function repliesOf({ target }: Item): number {
  const { topic } = target
  const opens = target.kind === 'topic' || (target.kind === 'post' && target.id === topic?.first_post_id)
  return opens ? Math.max(0, (topic?.post_count ?? 0) - 1) : 0
}
