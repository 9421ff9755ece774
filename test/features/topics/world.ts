import { addForum, findForum } from '../../../src/features/forums/index.ts'
import { allGroups, type ForumVerb, insertAppointment, writePermissions } from '../../../src/features/groups/index.ts'
import type { Viewer } from '../../../src/features/members/index.ts'
import { changePostState, changeTopicState } from '../../../src/features/posts/change-state.ts'
import { type ForumView, forumPage } from '../../../src/features/topics/forum-page.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'

export type State = 'hidden' | 'deleted' | 'pending'

export const states: readonly State[] = ['hidden', 'deleted', 'pending']

const plain = { description: '', guestPosting: null }

export function makeCategory(db: Db, name = 'Category'): Promise<number> {
  return inTransaction(db, tx => addForum(tx, { ...plain, kind: 'category', parentId: null, name }))
}

/** A forum, in a category of its own unless told. */
export async function makeForum(db: Db, name: string, inside?: number): Promise<number> {
  const parentId = inside ?? (await makeCategory(db, `Around ${name}`))
  return inTransaction(db, tx => addForum(tx, { ...plain, kind: 'forum', parentId, name }))
}

/** Nobody but administrators reads it. */
export async function closeForum(db: Db, forumId: number): Promise<void> {
  const groups = await allGroups(db)
  const answers = groups.map(({ id }) => ({ group_id: id, verb: 'read' satisfies ForumVerb, allowed: 0 as const }))
  await inTransaction(db, tx => writePermissions(tx, forumId, answers))
}

export async function letGroup(db: Db, forumId: number, kind: string, verb: ForumVerb, allowed: 0 | 1): Promise<void> {
  const group = (await allGroups(db)).find(one => one.kind === kind || one.name === kind)
  await inTransaction(db, tx => writePermissions(tx, forumId, [{ group_id: group?.id ?? 0, verb, allowed }]))
}

/** Lets a member moderate a forum with every act. */
export async function appoint(db: Db, memberId: number, forumId: number): Promise<void> {
  const appointment = { member_id: memberId, group_id: null, forum_id: forumId, acts: '["*"]' }
  await inTransaction(db, tx => insertAppointment(tx, appointment))
}

export async function withdrawTopic(db: Db, topicId: number, state: State): Promise<void> {
  await inTransaction(db, tx => changeTopicState(tx, topicId, at(state)))
}

export async function withdrawPost(db: Db, topicId: number, postId: number, state: State): Promise<void> {
  await inTransaction(db, tx => changePostState(tx, topicId, postId, at(state)))
}

function at(state: State) {
  const reason = state === 'pending' ? { pending_reason: 'topics.label_pending' } : {}
  return { [`${state}_at`]: Date.now(), ...reason }
}

const everything: ForumView = { page: 1, order: 'last', filter: null }

/** The titles on a page of a forum, from the top. */
export async function titlesIn(db: Db, viewer: Viewer, forumId: number, view: Partial<ForumView> = {}) {
  const forum = await findForum(db, viewer, forumId)
  const { topics } = await forumPage(db, viewer, forum, { ...everything, ...view })
  return topics.map(topic => topic.title)
}
