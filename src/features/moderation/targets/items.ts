import type { Db } from '../../../platform/store/index.ts'
import { type ForumNode, forumTree } from '../../forums/index.ts'
import { memberPath, type Viewer } from '../../members/index.ts'
import { noSanctions } from '../../sanctions/index.ts'
import { type Person, personOf, topicPath } from '../../topics/index.ts'
import {
  claimItems,
  editItems,
  memberItems,
  type PostItem,
  postItems,
  type TopicItem,
  topicItems,
} from '../queries/items.ts'
import { standingsOf } from '../queries/targets.ts'
import {
  type Author,
  claimTarget,
  editTarget,
  memberTarget,
  postTarget,
  type Ref,
  type Target,
  topicTarget,
} from './target.ts'

/** Something in a list for moderators: what it is, whose, where, and what it says. */
export interface Item {
  readonly target: Target
  /** null: somebody who has not said a name. */
  readonly person: Person | null
  readonly title: string
  /** The item in its place. */
  readonly path: string
  /** null: a member is in none. */
  readonly forum: ForumNode | null
  /** The post itself, or the one that opens the topic; null when there is none. */
  readonly post: PostItem | null
}

type Found = Omit<Item, 'forum' | 'path'> & { readonly path: string | null }

/** These items in this order, from forums this viewer can look into: the caller asks for no others. */
export async function loadItems(db: Db, viewer: Viewer, refs: readonly Ref[]): Promise<Item[]> {
  const rows = await rowsFor(db, refs)
  const forums = (await forumTree(db)).byId
  return refs.flatMap((ref): Item[] => {
    const found = finders[ref.kind](rows, ref.id)
    if (found?.target.kind === 'member') return [{ ...found, forum: null, path: found.path ?? '/' }]
    const forum = found && forums.get(found.target.forumId)
    return found && forum && viewer.forums.has(forum.id) ? [{ ...found, forum, path: found.path ?? forum.path }] : []
  })
}

type Rows = Awaited<ReturnType<typeof rowsFor>>

async function rowsFor(db: Db, refs: readonly Ref[]) {
  const ids = (...kinds: Ref['kind'][]) => refs.filter(ref => kinds.includes(ref.kind)).map(ref => ref.id)
  const replies = await postItems(db, ids('post', 'edit'))
  const claims = await claimItems(db, ids('claim'))
  const talks = [...replies, ...claims].flatMap(row => row.topic_id ?? [])
  const topics = await topicItems(db, [...ids('topic'), ...talks])
  const openings = topics.flatMap(topic => topic.first_post_id ?? [])
  const edits = await editItems(db, ids('edit'))
  const judged = await memberItems(db, ids('member'))
  const authors = [...replies, ...topics, ...edits].flatMap(row => row.member_id ?? [])
  return {
    posts: byId([...replies, ...(await postItems(db, openings))]),
    topics: byId(topics),
    edits: new Map(edits.map(edit => [edit.post_id, edit])),
    claims: byId(claims),
    members: byId(judged),
    standings: await standingsOf(db, [...authors, ...ids('member')]),
  }
}

function byId<Row extends { readonly id: number }>(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map(row => [row.id, row]))
}

const finders: Record<Ref['kind'], (rows: Rows, id: number) => Found | null> = {
  topic(rows, id) {
    const topic = rows.topics.get(id)
    if (!topic) return null
    const post = rows.posts.get(topic.first_post_id ?? 0) ?? null
    const target = topicTarget(topic, authorIn(rows, topic.member_id))
    return { target, post, person: writerOf(topic), title: topic.title, path: topicPath(topic) }
  },
  post(rows, id) {
    const place = placeOf(rows, id)
    if (!place) return null
    const target = postTarget(place.topic, place.post, authorIn(rows, place.post.member_id))
    return { ...place, target, person: writerOf(place.post) }
  },
  edit(rows, id) {
    const [place, edit] = [placeOf(rows, id), rows.edits.get(id)]
    if (!place || !edit) return null
    const target = editTarget(place.topic, edit, authorIn(rows, edit.member_id))
    return { ...place, target, person: writerOf({ ...edit, guest_name: null }) }
  },
  claim(rows, id) {
    const claim = rows.claims.get(id)
    if (!claim) return null
    const topic = rows.topics.get(claim.topic_id ?? 0)
    const title = claim.title ?? topic?.title ?? ''
    return { target: claimTarget(claim), post: null, person: null, title, path: topic ? topicPath(topic) : null }
  },
  member(rows, id) {
    const member = rows.members.get(id)
    if (!member) return null
    const target = memberTarget({ ...member, sanctions: noSanctions, signed: false }, authorIn(rows, id).standing)
    return { target, post: null, person: null, title: member.name, path: memberPath(member) }
  },
}

function placeOf(rows: Rows, id: number) {
  const post = rows.posts.get(id)
  const topic = post && rows.topics.get(post.topic_id)
  return topic ? { post, topic, title: topic.title, path: `/post/${id}` } : null
}

function writerOf({ member_id, member_name, guest_name }: Pick<TopicItem, 'member_id' | 'member_name' | 'guest_name'>) {
  return personOf(member_id, member_name, guest_name)
}

function authorIn({ standings }: Rows, id: number | null): Author {
  return { id, standing: id === null ? 0 : (standings.get(id) ?? 0) }
}
