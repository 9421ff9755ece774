import { addForum } from '../../../src/features/forums/index.ts'
import { allGroups, type ForumVerb, permissionsChanged } from '../../../src/features/groups/index.ts'
import { insertMember, loadViewer, type Viewer } from '../../../src/features/members/index.ts'
import { appendPost, type NewPost } from '../../../src/features/posts/append-post.ts'
import { openTopic } from '../../../src/features/posts/open-topic.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'

/** A category with as many forums. */
export async function makeForums(db: Db, count: number): Promise<number[]> {
  return inTransaction(db, async tx => {
    const shared = { description: '', guestPosting: null }
    const parentId = await addForum(tx, { ...shared, kind: 'category', parentId: null, name: 'Category' })
    const ids: number[] = []
    for (let n = 1; n <= count; n++) {
      ids.push(await addForum(tx, { ...shared, kind: 'forum', parentId, name: `Forum ${n}` }))
    }
    return ids
  })
}

/** A member of the group of that kind. */
export async function makeMember(db: Db, name: string, group = 'Members'): Promise<number> {
  const groupId = (await allGroups(db)).find(one => one.name === group)?.id ?? 0
  const member = { name, email: `${name.replace(/\W/g, '')}@example.org`, password_hash: '', group_id: groupId }
  const id = await inTransaction(db, tx => insertMember(tx, member, Date.now()))
  if (id === undefined) throw new Error(`${name} is taken`)
  return id
}

export async function makeViewer(db: Db, name: string, group?: string): Promise<Viewer> {
  return loadViewer(db, await makeMember(db, name, group), '192.0.2.1')
}

export function viewerOf(db: Db, memberId: number | null): Promise<Viewer> {
  return loadViewer(db, memberId, '192.0.2.1')
}

export function textBy(memberId: number | null, words = 'Words') {
  return {
    memberId,
    guestName: memberId === null ? 'Somebody' : null,
    html: `<p>${words}</p>`,
    text: words,
    contentVersion: 1,
    quotes: [],
    createdAt: Date.now(),
    address: null,
    pendingReason: null,
  }
}

export async function makeTopic(db: Db, forumId: number, memberId: number | null, title = 'A topic') {
  const post = await inTransaction(db, tx => openTopic(tx, { ...textBy(memberId), forumId, title }))
  return { topicId: post.topic_id, postId: post.id }
}

export function makeReply(db: Db, topicId: number, memberId: number | null, more: Partial<NewPost> = {}) {
  return inTransaction(db, tx => appendPost(tx, { ...textBy(memberId), topicId, ...more }))
}

/** Allows or forbids a group something in a forum (0: everywhere). */
export async function setVerb(db: Db, forumId: number, group: string, verb: ForumVerb, allowed: boolean) {
  const groupId = (await allGroups(db)).find(one => one.name === group)?.id ?? 0
  const answer = { allowed: allowed ? (1 as const) : (0 as const) }
  await inTransaction(db, async tx => {
    await tx
      .insertInto('permissions')
      .values({ forum_id: forumId, group_id: groupId, verb, ...answer })
      .onConflict(conflict => conflict.columns(['forum_id', 'group_id', 'verb']).doUpdateSet(answer))
      .execute()
    await permissionsChanged(tx)
  })
}

export async function topicRow(db: Db, id: number) {
  return db.selectFrom('topics').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function postRow(db: Db, id: number) {
  return db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function countPosts(db: Db): Promise<number> {
  return (await db.selectFrom('posts').select('id').execute()).length
}

/** A text as somebody types it. */
export function typed(body: string) {
  return { body, format: 'markdown' as const }
}
