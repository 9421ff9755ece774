import { z } from 'zod'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { mergePosts, type Post, unmergePosts } from '../../posts/index.ts'
import { isPublic } from '../../topics/index.ts'
import type { Act } from '../act.ts'
import { type Reasoned, reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'
import { isItem } from '../patch.ts'

const logged = z.object({ version: z.number(), contentVersion: z.number(), others: z.array(z.number()) })

/** Puts several posts of one author into the earliest of them. */
export const mergePostsAct: Act<Reasoned> = {
  name: 'merge_posts',
  right: 'merge',
  targets: ['post'],
  symbol: 'merge',
  fields: [whyField],
  schema: reasonForm,
  together: true,
  fewest: 2,
  fits: target => isItem(target) && target.kind === 'post' && isPublic(target.item) && isPublic(target.topic),
  async do(tx, { topic }, { all, by, at, input }) {
    const posts = all.flatMap(one => (one.kind === 'post' ? [one.item] : []))
    const [first] = posts
    if (!topic || !first) throw new NotFound()
    if (posts.some(post => post.topic_id !== topic.id)) throw new Conflict(msg('moderation.of_several_topics'))
    if (posts.some(post => !isBySame(post, first))) throw new Conflict(msg('moderation.of_several_authors'))
    const merged = await mergePosts(tx, topic, posts, { memberId: by, at, reason: input.reason })
    return { ...merged, kept: first.id }
  },
  async undo(tx, _target, { details }) {
    const { kept } = z.object({ kept: z.number() }).parse(details)
    await unmergePosts(tx, kept, logged.parse(details))
  },
  says: details => ({ n: logged.parse(details).others.length + 1 }),
}

/** Guests are known by their names only, which anybody may use: nobody says that two of their posts belong together. */
function isBySame(one: Post, other: Post): boolean {
  return one.member_id === other.member_id && one.guest_name === other.guest_name
}
