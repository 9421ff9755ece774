import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { findForum, forumTree, wayToStart } from '../../forums/index.ts'
import { avatarOf, type Circle, readersOf, staffReading, suggestMembers, type Viewer } from '../../members/index.ts'
import { findTopic, isPublic, type Topic } from '../../topics/index.ts'
import { findPost } from '../find-post.ts'
import type { Place } from '../places.ts'
import { wayToReplyTo } from '../policy.ts'
import { writersIn } from '../queries/people.ts'

/** Neither database has ids beyond it. */
const highestId = 2_147_483_647

/** A member whom one may mention, as a list draws them. */
export interface Suggestion {
  readonly id: number
  readonly name: string
  /** Of the drawn avatar. */
  readonly initial: string
  readonly colour: number
  /** They wrote in this topic. */
  readonly here: boolean
}

interface Spot {
  /** Whether the viewer may write there. */
  readonly open: boolean
  readonly circle: Circle
  readonly here: readonly number[]
}

/**
 * Whom somebody may mean who types the beginning of a name there: of those only who may read it. Guests, and members whose
 * account is not in order, are offered who wrote in the topic, whose names they see anyway; nobody else's. Throws
 * NotFound, or Gone, when the viewer may not see the place.
 */
export async function suggestAt(db: Db, viewer: Viewer, place: Place, typed: string): Promise<Suggestion[]> {
  const { open, circle, here } = await spotAt(db, viewer, place)
  if (!open) return []
  const { member } = viewer
  const reach = member && !member.held ? 'everybody' : 'here'
  const found = await suggestMembers(db, { typed, circle, here, reach, self: member?.id ?? null })
  return found.map(({ id, name }) => ({ id, name, ...avatarOf(name), here: here.includes(id) }))
}

async function spotAt(db: Db, viewer: Viewer, place: Place): Promise<Spot> {
  const [kind, digits] = place.split(':')
  const id = Number(digits)
  if (id > highestId) throw new NotFound()
  if (kind === 'forum') {
    const forum = await findForum(db, viewer, id)
    return { open: wayToStart(viewer, forum) !== null, circle: await readersOf(db, forum.id), here: [] }
  }
  const isEdit = kind === 'post'
  const topic = isEdit ? (await findPost(db, viewer, id)).topic : await findTopic(db, viewer, id)
  return {
    open: isEdit ? viewer.member !== null : await mayReply(db, viewer, topic),
    circle: isPublic(topic)
      ? await readersOf(db, topic.forum_id)
      : await staffReading(db, topic.forum_id, topic.member_id),
    here: await writersIn(db, topic),
  }
}

async function mayReply(db: Db, viewer: Viewer, topic: Topic): Promise<boolean> {
  const forum = (await forumTree(db)).byId.get(topic.forum_id)
  return forum !== undefined && wayToReplyTo(viewer, forum, topic) !== null
}
