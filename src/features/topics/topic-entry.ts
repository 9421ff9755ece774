import { type ForumNode, type Prefix, prefixOf } from '../forums/index.ts'
import type { ShownWords } from '../words/index.ts'
import { topicPath } from './find-topic.ts'
import type { LastPost } from './forum-rows.ts'
import { type Label, topicLabels } from './labels.ts'
import { type Person, personOf } from './person.ts'
import type { TopicRow } from './queries/listing.ts'
import { isPublic } from './state.ts'

/** One topic in a list. */
export interface TopicEntry {
  readonly id: number
  readonly path: string
  readonly title: string
  readonly prefix: Prefix | null
  readonly labels: readonly Label[]
  readonly by: Person
  readonly at: number
  readonly replies: number
  readonly views: number
  readonly last: LastPost | null
  /** undefined for guests. */
  readonly unread: boolean | undefined
  readonly unreadPath: string
  /** How many pages the topic has. */
  readonly pages: number
  /** Only some see it. */
  readonly faded: boolean
}

export interface EntryOptions {
  /** Up to when everything in the forum is read; null: nothing is ever new. */
  readonly mark: number | null
  /** Posts on a page of a topic. */
  readonly perPage: number
  /** What readers see in the place of some words. */
  readonly words: ShownWords
  /** In which they stand. */
  readonly forum: ForumNode
}

/** The row as lists show it. */
export function topicEntry(row: TopicRow, { mark, perPage, forum, words }: EntryOptions): TopicEntry {
  const path = topicPath(row)
  return {
    id: row.id,
    path,
    title: words.line(row.title),
    prefix: prefixOf(forum, row),
    labels: topicLabels(row),
    by: personOf(row.member_id, row.starter_name, row.guest_name),
    at: row.created_at,
    replies: Math.max(0, row.post_count - 1),
    views: row.views,
    last: lastOf(row),
    unread: mark === null ? undefined : row.last_post_at > Math.max(mark, row.read_at ?? 0),
    unreadPath: `${path}?do=getNewComment`,
    pages: Math.max(1, Math.ceil(row.post_count / perPage)),
    faded: !isPublic(row),
  }
}

function lastOf(row: TopicRow): LastPost | null {
  if (row.last_post_id === null) return null
  const by = personOf(row.last_member_id, row.last_author_name, row.last_guest_name)
  return { href: `/post/${row.last_post_id}`, at: row.last_post_at, by }
}
