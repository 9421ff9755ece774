import type { Db } from '../../platform/store/index.ts'
import { type ForumNode, forumTree, type Prefix, prefixOf, readableChildren } from '../forums/index.ts'
import { memberPath, readableForums, type Viewer } from '../members/index.ts'
import { shownWords } from '../words/index.ts'
import { topicPath } from './find-topic.ts'
import { type ForumFigures, type ForumRow, forumRows, sumOf } from './forum-rows.ts'
import { type Online, whoIsOnline } from './online.ts'
import { type Person, personOf } from './person.ts'
import { forumEnds, memberFigures, newestTopics } from './queries/index-page.ts'
import { unreadForums } from './queries/reads.ts'

const newestShown = 5

type Category = Pick<ForumNode, 'id' | 'path' | 'name' | 'description'>

/** A category with its forums; forums that stand in none come without a category. */
export interface Section {
  readonly category: Category | null
  readonly rows: readonly ForumRow[]
}

export interface IndexPage {
  readonly sections: readonly Section[]
  readonly statistics: {
    readonly topics: number
    readonly posts: number
    readonly members: number
    readonly newestMember: { readonly name: string; readonly path: string } | null
  }
  readonly online: Online | null
  readonly newest: readonly {
    readonly path: string
    readonly title: string
    readonly prefix: Prefix | null
    readonly at: number
    readonly by: Person
  }[]
}

/** The front page, as this viewer may see it. */
export async function indexPage(db: Db, viewer: Viewer): Promise<IndexPage> {
  const tree = await forumTree(db)
  const figures = await forumFigures(db, viewer)
  const readable = readableForums(viewer)
  const members = await memberFigures(db)
  const words = await shownWords(db)
  return {
    sections: sectionsOf(viewer, tree.roots, figures),
    statistics: {
      ...sumOf(readable.flatMap(id => figures.ends.get(id) ?? [])),
      members: members.count,
      newestMember: members.newest ? { name: members.newest.name, path: memberPath(members.newest) } : null,
    },
    online: await whoIsOnline(db),
    newest: (await newestTopics(db, readable, newestShown)).map(topic => ({
      path: topicPath(topic),
      title: words.line(topic.title),
      prefix: prefixOf(tree.byId.get(topic.forum_id), topic),
      at: topic.created_at,
      by: personOf(topic.member_id, topic.member_name, topic.guest_name),
    })),
  }
}

/** What rows of forums are made from. */
export async function forumFigures(db: Db, viewer: Viewer): Promise<ForumFigures> {
  const words = await shownWords(db)
  const shown = (title: string | null) => (title === null ? null : words.line(title))
  const ends = new Map((await forumEnds(db)).map(end => [end.id, { ...end, title: shown(end.title) }]))
  const { member } = viewer
  return { ends, unread: member ? await unreadForums(db, member.id, member.readAllAt) : null }
}

/** Categories in their order; forums between them that stand in none share a nameless section. */
function sectionsOf(viewer: Viewer, roots: readonly ForumNode[], figures: ForumFigures): Section[] {
  const sections: { category: Category | null; rows: ForumRow[] }[] = []
  for (const root of readableChildren(viewer, roots)) {
    const last = sections.at(-1)
    const { id, path, name, description } = root
    const category = { id, path, name, description }
    if (root.kind === 'category') sections.push({ category, rows: forumRows(viewer, root.children, figures) })
    else if (last && last.category === null) last.rows.push(...forumRows(viewer, [root], figures))
    else sections.push({ category: null, rows: forumRows(viewer, [root], figures) })
  }
  return sections
}
