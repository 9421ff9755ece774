import type { Db } from '../../platform/store/index.ts'
import { type ForumNode, forumTree } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { type Person, personOf, topicPath } from '../topics/index.ts'
import type { Author, Ref, Target } from './act.ts'
import { editItems, type PostItem, postItems, type TopicItem, topicItems } from './queries/items.ts'
import { standingsOf } from './queries/targets.ts'

/** Something in a list for moderators: what it is, whose, where, and what it says. */
export interface Item {
  readonly target: Target
  readonly person: Person
  readonly title: string
  /** The item in its place. */
  readonly path: string
  readonly forum: ForumNode
  /** The post itself, or the one that opens the topic; null when there is none. */
  readonly post: PostItem | null
}

/** These items in this order, from forums this viewer can look into: the caller asks for no others. */
export async function loadItems(db: Db, viewer: Viewer, refs: readonly Ref[]): Promise<Item[]> {
  const rows = await rowsFor(db, refs)
  const forums = (await forumTree(db)).byId
  return refs.flatMap(ref => {
    const found = targetOf(rows, ref)
    const forum = found && forums.get(found.target.topic.forum_id)
    if (!found || !forum || !viewer.forums.has(forum.id)) return []
    const { target, person, post } = found
    const path = ref.kind === 'topic' ? topicPath(target.topic) : `/post/${ref.id}`
    return [{ target, person, post, path, forum, title: target.topic.title }]
  })
}

type Rows = Awaited<ReturnType<typeof rowsFor>>

async function rowsFor(db: Db, refs: readonly Ref[]) {
  const ids = (...kinds: Ref['kind'][]) => refs.filter(ref => kinds.includes(ref.kind)).map(ref => ref.id)
  const replies = await postItems(db, ids('post', 'edit'))
  const topics = await topicItems(db, [...ids('topic'), ...replies.map(post => post.topic_id)])
  const opening = await postItems(
    db,
    topics.flatMap(topic => topic.first_post_id ?? []),
  )
  const edits = await editItems(db, ids('edit'))
  const authors = [...replies, ...topics, ...edits].flatMap(row => row.member_id ?? [])
  return {
    posts: byId([...replies, ...opening]),
    topics: byId(topics),
    edits: new Map(edits.map(edit => [edit.post_id, edit])),
    standings: await standingsOf(db, authors),
  }
}

function byId<Row extends { readonly id: number }>(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map(row => [row.id, row]))
}

function targetOf(rows: Rows, ref: Ref): Pick<Item, 'target' | 'person' | 'post'> | null {
  if (ref.kind === 'topic') {
    const topic = rows.topics.get(ref.id)
    return topic ? topicFound(rows, topic) : null
  }
  const post = rows.posts.get(ref.id)
  const topic = post && rows.topics.get(post.topic_id)
  if (!post || !topic) return null
  if (ref.kind === 'post') return postFound(rows, topic, post)
  const edit = rows.edits.get(ref.id)
  if (!edit) return null
  const target = { kind: 'edit' as const, id: ref.id, item: edit, topic, author: authorIn(rows, edit.member_id) }
  return { target, post, person: personOf(edit.member_id, edit.member_name, null) }
}

function topicFound(rows: Rows, topic: TopicItem) {
  const target = { kind: 'topic' as const, id: topic.id, item: topic, topic, author: authorIn(rows, topic.member_id) }
  const post = rows.posts.get(topic.first_post_id ?? 0) ?? null
  return { target, post, person: personOf(topic.member_id, topic.member_name, topic.guest_name) }
}

function postFound(rows: Rows, topic: TopicItem, post: PostItem) {
  const target = { kind: 'post' as const, id: post.id, item: post, topic, author: authorIn(rows, post.member_id) }
  return { target, post, person: personOf(post.member_id, post.member_name, post.guest_name) }
}

function authorIn({ standings }: Rows, id: number | null): Author {
  return { id, standing: id === null ? 0 : (standings.get(id) ?? 0) }
}
