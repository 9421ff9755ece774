import type { Claim } from '../../claims/index.ts'
import { everywhere } from '../../groups/index.ts'
import type { Post } from '../../posts/index.ts'
import type { Sanctions } from '../../sanctions/index.ts'
import type { Topic } from '../../topics/index.ts'
import type { ProposedEdit } from '../queries/targets.ts'

/**
 * What an act is done to: a topic, a post, an edit that waits for approval (known by the id of its post), what a guest
 * wrote and nobody has taken, or a member, who is in no forum.
 */
export const targetKinds = ['topic', 'post', 'edit', 'claim', 'member'] as const
export type TargetKind = (typeof targetKinds)[number]

export interface Ref {
  readonly kind: TargetKind
  readonly id: number
}

/** Whose item it is; null: a guest's. */
export interface Author {
  readonly id: number | null
  readonly standing: number
}

interface At<Kind extends TargetKind, Item, Place extends Topic | null = Topic> extends Ref {
  readonly kind: Kind
  /** The row whose state an act changes. */
  readonly item: Item
  readonly forumId: number
  readonly topic: Place
  readonly author: Author
}

export type TopicTarget = At<'topic', Topic>
export type PostTarget = At<'post', Post>
export type EditTarget = At<'edit', ProposedEdit>
export type ClaimTarget = At<'claim', Claim, null>
export type MemberTarget = At<'member', JudgedMember, null>
export type Target = TopicTarget | PostTarget | EditTarget | ClaimTarget | MemberTarget

/** A member, and what holds them back. */
export type JudgedMember = {
  readonly id: number
  readonly name: string
  readonly closed_at: number | null
  readonly merged_into_id: number | null
  readonly sanctions: Sanctions
  /** A signature of theirs stands under their posts. */
  readonly signed: boolean
}

export function topicTarget(topic: Topic, author: Author): TopicTarget {
  return { kind: 'topic', id: topic.id, item: topic, forumId: topic.forum_id, topic, author }
}

export function postTarget(topic: Topic, post: Post, author: Author): PostTarget {
  return { kind: 'post', id: post.id, item: post, forumId: topic.forum_id, topic, author }
}

export function editTarget(topic: Topic, edit: ProposedEdit, author: Author): EditTarget {
  return { kind: 'edit', id: edit.post_id, item: edit, forumId: topic.forum_id, topic, author }
}

export function claimTarget(claim: Claim): ClaimTarget {
  const author = { id: null, standing: 0 }
  return { kind: 'claim', id: claim.id, item: claim, forumId: claim.forum_id, topic: null, author }
}

/** Their own author: nobody acts on someone of equal or higher standing. */
export function memberTarget(member: JudgedMember, standing: number): MemberTarget {
  const author = { id: member.id, standing }
  return { kind: 'member', id: member.id, item: member, forumId: everywhere, topic: null, author }
}
