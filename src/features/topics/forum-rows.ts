import { type ForumNode, readableChildren } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { type Person, personOf } from './person.ts'
import type { ForumEnd } from './queries/index-page.ts'

/** The last post of a forum or topic. */
export interface LastPost {
  readonly href: string
  /** Of its topic, where it is not plain which. */
  readonly title?: string
  readonly at: number
  readonly by: Person
}

/** One forum in a list: what it and everything readable below it holds. `unread` is undefined for guests. */
export interface ForumRow {
  readonly path: string
  readonly name: string
  readonly description: string
  readonly symbol: string
  /** It leads somewhere else and holds nothing. */
  readonly leads: boolean
  readonly topics: number
  readonly posts: number
  readonly last: LastPost | null
  readonly unread: boolean | undefined
  readonly subforums: readonly { readonly path: string; readonly name: string; readonly unread: boolean | undefined }[]
}

/** What is known of all forums when rows are made. */
export interface ForumFigures {
  readonly ends: ReadonlyMap<number, ForumEnd>
  /** Forums in which the viewer has something to read; null for guests. */
  readonly unread: ReadonlySet<number> | null
}

/** Rows for those of these forums that this viewer may read, with nothing in them that they may not. */
export function forumRows(viewer: Viewer, forums: readonly ForumNode[], figures: ForumFigures): ForumRow[] {
  return readableChildren(viewer, forums).map(({ path, name, description, id, children, icon, kind }) => {
    const below = [id, ...readableBelow(viewer, children)]
    const ends = below.flatMap(forum => figures.ends.get(forum) ?? [])
    return {
      path,
      name,
      description,
      symbol: icon,
      leads: kind === 'link',
      ...sumOf(ends),
      last: lastOf(ends),
      unread: hasUnread(figures, below),
      subforums: readableChildren(viewer, children).map(child => ({
        path: child.path,
        name: child.name,
        unread: hasUnread(figures, [child.id, ...readableBelow(viewer, child.children)]),
      })),
    }
  })
}

/** The ids of these forums and everything below them, as far as this viewer comes. */
export function readableBelow(viewer: Viewer, forums: readonly ForumNode[]): number[] {
  return readableChildren(viewer, forums).flatMap(({ id, children }) => [id, ...readableBelow(viewer, children)])
}

/** What these forums hold together. */
export function sumOf(ends: readonly ForumEnd[]): { topics: number; posts: number } {
  return {
    topics: ends.reduce((sum, end) => sum + end.topic_count, 0),
    posts: ends.reduce((sum, end) => sum + end.post_count, 0),
  }
}

function hasUnread({ unread }: ForumFigures, forums: readonly number[]): boolean | undefined {
  return unread === null ? undefined : forums.some(forum => unread.has(forum))
}

function lastOf(ends: readonly ForumEnd[]): LastPost | null {
  const posts = ends.flatMap(end => lastPostOf(end) ?? [])
  return posts.reduce<LastPost | null>((last, post) => (last && last.at >= post.at ? last : post), null)
}

function lastPostOf(end: ForumEnd): LastPost | null {
  if (end.title === null || end.created_at === null) return null
  return {
    href: `/post/${end.post_id}`,
    title: end.title,
    at: end.created_at,
    by: personOf(end.member_id, end.member_name, end.guest_name),
  }
}
