import type { GuestPosting } from '../../platform/store/index.ts'

/** A category or forum in its place, without what changes with every post. */
export interface ForumNode {
  readonly id: number
  readonly kind: 'category' | 'forum'
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
