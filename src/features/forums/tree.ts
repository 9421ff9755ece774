import type { ForumsTable, GuestPosting, TopicOrder } from '../../platform/store/index.ts'

/** What may stand before the title of a topic. */
export interface Prefix {
  readonly id: number
  readonly name: string
  /** How a badge looks. */
  readonly colour: PrefixColour
}

/** The looks of badges, each with enough contrast in every theme. */
export const prefixColours = ['plain', 'accent', 'fresh', 'success', 'warning', 'danger'] as const
export type PrefixColour = (typeof prefixColours)[number]

/** The drawings that an administrator may give a forum; all of them are in the sprite. */
export const forumIcons = [
  'messages-square',
  'message-square',
  'circle-help',
  'house',
  'star',
  'image',
  'code',
  'globe',
  'users',
  'user-round',
  'shield',
  'flag',
  'award',
  'inbox',
  'scroll-text',
  'file-text',
  'folder',
  'send',
  'smile',
  'sun',
  'moon',
  'monitor',
  'settings',
  'gauge',
  'lock',
  'link',
] as const

export const topicOrders = ['last', 'newest', 'replies', 'views'] as const satisfies readonly TopicOrder[]
export const approvals = ['topics', 'all'] as const satisfies readonly ForumsTable['approval'][]

/** A category or forum in its place, without what changes with every post. */
export interface ForumNode {
  readonly id: number
  /** `link`: leads to `address`. */
  readonly kind: 'category' | 'forum' | 'link'
  readonly name: string
  readonly slug: string
  readonly path: string
  readonly description: string
  readonly parentId: number | null
  readonly position: number
  /** What the forum itself says; null: as its parent. */
  readonly ownGuestPosting: GuestPosting | null
  /** What holds after looking up the tree; `none` instead of `claim` while not everybody may register. */
  readonly guestPosting: GuestPosting
  /** What holds for a guest with an invitation. */
  readonly invitedPosting: GuestPosting
  /** Its topics are questions. */
  readonly asks: boolean
  /** Which drawing was chosen; null: that of its kind, which `icon` is then. */
  readonly ownIcon: string | null
  readonly icon: string
  /** Markdown, and what was made of it; empty: there are none. */
  readonly rules: string
  readonly rulesHtml: string
  readonly ownOrder: TopicOrder | null
  readonly order: TopicOrder
  readonly approval: ForumsTable['approval']
  /** Whoever does not know its password sees nothing of it. */
  readonly hasPassword: boolean
  readonly address: string | null
  readonly prefixes: readonly Prefix[]
  readonly prefixRequired: boolean
  /** Outermost first. */
  readonly ancestors: readonly ForumNode[]
  readonly children: readonly ForumNode[]
}

export interface ForumTree {
  readonly roots: readonly ForumNode[]
  readonly byId: ReadonlyMap<number, ForumNode>
}

/** This forum and everything below it. */
export function subtree(node: ForumNode): ForumNode[] {
  return [node, ...node.children.flatMap(subtree)]
}
