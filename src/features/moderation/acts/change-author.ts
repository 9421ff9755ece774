import { z } from 'zod'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { followToo, unfollowToo } from '../../follows/index.ts'
import { type Authorship, changeAuthor as giveTo, postById } from '../../posts/index.ts'
import type { Act, Logged } from '../act.ts'
import { type Authoring, authorForm } from '../forms.ts'
import { authorField, whyField } from '../input/fields.ts'
import { demandMember, memberNamed } from '../input/named-member.ts'
import { renameQuotesSoon } from '../names/rename.ts'
import { isItem } from '../patch.ts'
import { handledMeanwhile } from '../targets/find-target.ts'
import { waitsForAuthor } from '../targets/held.ts'
import type { Target } from '../targets/target.ts'

const logged = z.object({
  post: z.number(),
  to: z.number(),
  was: z.object({
    member_id: z.number().nullable(),
    guest_name: z.string().nullable(),
    reassigned_at: z.number().nullable(),
  }),
  followed: z.number().nullable(),
})

const nobody = msg('moderation.author_missing')

/** Makes a post, or a topic with the post that opens it, another member's. */
export const changeAuthor: Act<Authoring> = {
  name: 'change_author',
  right: 'change_author',
  targets: ['topic', 'post'],
  symbol: 'user-round-pen',
  fields: [authorField, whyField],
  schema: authorForm,
  concerns: details => {
    const known = logged.safeParse(details)
    return known.success ? [known.data.to] : []
  },
  fits: target => isItem(target) && !waitsForAuthor(target) && postIn(target) !== null,
  async prepare({ db, viewer, input }) {
    await demandMember({ db, viewer }, input.author, 'author', nobody)
  },
  async do(tx, target, { input, at }) {
    const post = await postById(tx, postIn(target) ?? 0)
    const to = await memberNamed(tx, input.author)
    if (!post || !to) throw post ? new Conflict(nobody) : new NotFound()
    if (post.member_id === to.id) throw handledMeanwhile()
    const { member_id, guest_name, reassigned_at } = post
    await give(tx, post.id, { member_id: to.id, guest_name: null, reassigned_at: reassigned_at ?? at })
    const followed = target.kind === 'topic' ? await followToo(tx, target.id, member_id ?? 0, to.id) : null
    return { post: post.id, to: to.id, was: { member_id, guest_name, reassigned_at }, followed }
  },
  async undo(tx, target, entry) {
    const { post, to, was, followed } = loggedIn(entry)
    const now = await postById(tx, post)
    if (now?.topic_id !== target.topic?.id) throw new Conflict(msg('moderation.since_posts_moved'))
    if (now?.member_id !== to) throw new Conflict(msg('moderation.since_changed'))
    await give(tx, post, was)
    if (followed !== null) await unfollowToo(tx, target.id, to, followed)
  },
}

/** What is given is the text: of a topic that of its opening post. */
function postIn(target: Target): number | null {
  if (target.kind === 'topic') return target.item.first_post_id
  return target.kind === 'post' && target.item.merged_into_id === null ? target.id : null
}

async function give(tx: Tx, postId: number, author: Authorship): Promise<void> {
  await giveTo(tx, postId, author)
  await renameQuotesSoon(tx, postId)
}

/** Throws Conflict: erasing a text for good erases what the log has of it, too. */
function loggedIn({ details }: Logged): z.infer<typeof logged> {
  const known = logged.safeParse(details)
  if (!known.success) throw new Conflict(msg('moderation.since_erase'))
  return known.data
}
