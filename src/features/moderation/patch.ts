import { z } from 'zod'
import { Conflict, msg } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { forumTree, touchForums } from '../forums/index.ts'
import { changePostState, changeTopicForum, changeTopicState, updatePost, updateTopic } from '../posts/index.ts'
import type { Act, Deed } from './act.ts'
import type { PostTarget, Target, TopicTarget } from './targets/target.ts'

const time = z.number().nullable()

const topicPatch = z
  .object({
    hidden_at: time,
    deleted_at: time,
    pending_at: time,
    pending_reason: z.string().nullable(),
    locked_at: time,
    pinned_at: time,
    pinned_until: time,
    featured_at: time,
    prefix_id: z.number().nullable(),
    title: z.string(),
    slug: z.string(),
    forum_id: z.number(),
  })
  .partial()

const postPatch = z
  .object({
    hidden_at: time,
    deleted_at: time,
    pending_at: time,
    pending_reason: z.string().nullable(),
    recommended_at: time,
    recommended_by_id: z.number().nullable(),
    recommended_note: z.string().nullable(),
  })
  .partial()

export type TopicPatch = z.infer<typeof topicPatch>
export type PostPatch = z.infer<typeof postPatch>
export type Patch = TopicPatch & PostPatch
type Column = keyof Patch

const logged = z.object({ was: topicPatch.extend(postPatch.shape), is: topicPatch.extend(postPatch.shape) })

const stateColumns = ['hidden_at', 'deleted_at', 'pending_at', 'pending_reason'] as const
const markColumns = ['locked_at', 'pinned_at', 'pinned_until', 'featured_at', 'prefix_id', 'title', 'slug'] as const
const recommendColumns = ['recommended_at', 'recommended_by_id', 'recommended_note'] as const

type PatchAct<Input> = Omit<Act<Input>, 'do' | 'undo'> & {
  /** The columns it sets. */
  change(target: Target, deed: Deed<Input>, tx: Tx): Patch | Promise<Patch>
}

/**
 * An act that sets some columns of a topic or post. Its Undo gives them their former values, as long as they still are as
 * the act left them: everything else that happened since stays.
 */
export function patchAct<Input>({ change, ...act }: PatchAct<Input>): Act<Input> {
  return {
    ...act,
    do: async (tx, target, deed) => {
      const is = await change(target, deed, tx)
      const was = valuesOf(target, Object.keys(is) as Column[])
      await applyPatch(tx, target, is)
      return { was, is }
    },
    undo: async (tx, target, entry) => {
      const known = logged.safeParse(entry.details)
      // Erasing a text for good erases what the log has of it, too.
      if (!known.success) throw new Conflict(msg('moderation.since_erase'))
      const { was, is } = known.data
      const now = valuesOf(target, Object.keys(is) as Column[])
      if (Object.entries(is).some(([column, value]) => now[column as Column] !== value)) {
        throw new Conflict(msg('moderation.since_changed'))
      }
      await applyPatch(tx, target, was)
    },
  }
}

/** A topic, or a post that still has its text. */
export function isItem(target: Target): target is TopicTarget | PostTarget {
  return target.kind === 'topic' || (target.kind === 'post' && target.item.erased_at === null)
}

/** A post that still has its text and does not open its topic. */
export function isReply(target: Target): target is PostTarget {
  return isItem(target) && target.kind === 'post' && target.id !== target.topic.first_post_id
}

/** Have these two acts set the same column? */
export function overlaps(one: unknown, other: unknown): boolean {
  const [first, second] = [logged.safeParse(one), logged.safeParse(other)]
  if (!first.success || !second.success) return false
  return Object.keys(first.data.is).some(column => column in second.data.is)
}

function valuesOf({ item }: Target, columns: readonly Column[]): Patch {
  const row: Partial<Record<string, unknown>> = item
  return Object.fromEntries(columns.map(column => [column, row[column] ?? null]))
}

async function applyPatch(tx: Tx, target: Target, patch: Patch): Promise<void> {
  if (target.kind === 'topic') await patchTopic(tx, target, patch)
  if (target.kind === 'post') await patchPost(tx, target, patch)
}

async function patchTopic(tx: Tx, { id, topic }: TopicTarget, patch: TopicPatch): Promise<void> {
  if (has(patch, stateColumns)) await changeTopicState(tx, id, only(patch, stateColumns))
  if (has(patch, markColumns)) {
    await updateTopic(tx, id, only(patch, markColumns))
    await touchForums(tx, [topic.forum_id])
  }
  if (patch.forum_id !== undefined) {
    if (!(await forumTree(tx)).byId.has(patch.forum_id)) throw new Conflict(msg('moderation.since_forum_gone'))
    await changeTopicForum(tx, id, patch.forum_id)
  }
}

async function patchPost(tx: Tx, { id, topic }: PostTarget, patch: PostPatch): Promise<void> {
  if (has(patch, stateColumns)) await changePostState(tx, topic.id, id, only(patch, stateColumns))
  if (has(patch, recommendColumns)) {
    await updatePost(tx, id, only(patch, recommendColumns))
    await updateTopic(tx, topic.id, {})
  }
}

function has(patch: Patch, columns: readonly Column[]): boolean {
  return columns.some(column => patch[column] !== undefined)
}

function only<C extends Column, P extends Partial<Record<C, unknown>>>(patch: P, columns: readonly C[]): Pick<P, C> {
  return Object.fromEntries(columns.filter(column => column in patch).map(column => [column, patch[column]])) as Pick<
    P,
    C
  >
}
