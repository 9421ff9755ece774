import { type Message, msg } from '../../../platform/errors.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type ForumNode, type ForumTree, forumTree } from '../../forums/index.ts'
import { standings } from '../../groups/index.ts'
import { mayIn, moderatedForums, type Viewer } from '../../members/index.ts'
import { type Person, personOf, topicPath } from '../../topics/index.ts'
import { mayUndo } from '../policy.ts'
import { actorsIn, countLog, type LogFilter, type LogLine, type LogSight, logLines } from '../queries/log-page.ts'
import { actNamed } from '../registry.ts'
import type { Author } from '../target.ts'

/** One act in the log, as its sentence and what can still be done about it. */
export interface LogEntry {
  readonly id: number
  readonly at: number
  readonly actor: Person
  readonly symbol: string
  readonly sentence: Message
  /** The topic, as far as the viewer may see it; a post leads to its place. */
  readonly place: { readonly title: string; readonly path: string } | null
  readonly forum: ForumNode | null
  readonly reason: string | null
  readonly undone: { readonly at: number; readonly by: string } | null
  readonly mayUndo: boolean
  /** Nothing takes the act back. */
  readonly final: boolean
  /** Its text was erased since. */
  readonly erased: boolean
}

export interface LogPage {
  readonly page: number
  readonly pages: number
  readonly filter: LogFilter
  readonly entries: readonly LogEntry[]
}

const perPage = 50
/** What is done to members is done in no forum; only administrators look it up. */
const noForum = 0

/** The log as this viewer may look it up: of the forums they moderate, without acts of those they do not outrank. */
export async function logPage(
  db: Db,
  viewer: Viewer,
  filter: LogFilter,
  page: number,
  size = perPage,
): Promise<LogPage> {
  const sight = sightOf(viewer)
  const pages = pagesOf(await countLog(db, sight, filter), size)
  const lines = await logLines(db, sight, filter, windowOf(page, size))
  return { page, pages, filter, entries: await entriesOf(db, viewer, lines) }
}

/** What the log can be narrowed to. */
export async function logChoices(db: Db, viewer: Viewer) {
  const moderated = new Set(moderatedForums(viewer))
  const forums = [...(await forumTree(db)).byId.values()].filter(forum => moderated.has(forum.id))
  return { actors: await actorsIn(db, sightOf(viewer)), forums: forums.filter(forum => forum.kind === 'forum') }
}

function sightOf(viewer: Viewer): LogSight {
  return {
    memberId: viewer.member?.id ?? 0,
    standing: viewer.standing,
    forumIds: [...moderatedForums(viewer), ...(viewer.admin ? [noForum] : [])],
  }
}

async function entriesOf(db: Db, viewer: Viewer, lines: readonly LogLine[]): Promise<LogEntry[]> {
  const tree = await forumTree(db)
  const standingOf = await standings(db)
  return lines.map(line => {
    const personWith = (id: number | null, group: number | null): Author => ({
      id,
      standing: id === null || group === null ? 0 : standingOf({ id, group_id: group }),
    })
    const author = personWith(line.author_id, line.author_group_id)
    return entryOf(viewer, line, { author, actor: personWith(line.member_id, line.actor_group_id) }, tree)
  })
}

interface Involved {
  readonly author: Author
  readonly actor: Author
}

function entryOf(viewer: Viewer, line: LogLine, involved: Involved, tree: ForumTree): LogEntry {
  const act = actNamed(line.act)
  return {
    id: line.id,
    at: line.at,
    actor: personOf(line.member_id, line.actor_name, null),
    symbol: act?.symbol ?? 'gavel',
    sentence: sentenceOf(viewer, line, tree),
    place: placeOf(viewer, line),
    forum: tree.byId.get(line.forum_id) ?? null,
    reason: line.reason,
    undone: line.undone_at === null ? null : { at: line.undone_at, by: line.undoer_name ?? '?' },
    mayUndo: line.undone_at === null && canTakeBack(viewer, line, involved),
    final: act ? act.undo === null : true,
    erased: line.erased_at !== null && line.act !== 'erase',
  }
}

function sentenceOf(viewer: Viewer, line: LogLine, tree: ForumTree): Message {
  const act = actNamed(line.act)
  const named = act?.forumsNamed?.(JSON.parse(line.details)) ?? {}
  const nameOf = (id: number) => (mayIn(viewer, id, 'read') ? (tree.byId.get(id)?.name ?? '?') : '?')
  const forums = Object.entries(named).map(([place, id]) => [place, nameOf(id)])
  const guest = line.target_kind === 'topic' ? line.topic_guest_name : line.post_guest_name
  const author = line.author_name ?? guest ?? '?'
  return msg(`moderation.did_${line.act}`, { kind: line.target_kind, author, ...Object.fromEntries(forums) })
}

function placeOf(viewer: Viewer, line: LogLine): LogEntry['place'] {
  if (line.target_kind === 'member') return { title: line.author_name ?? '?', path: `/admin/members/${line.target_id}` }
  const { topic_id, title, slug, topic_forum_id } = line
  if (topic_id === null || title === null || slug === null || topic_forum_id === null) return null
  if (!mayIn(viewer, topic_forum_id, 'read')) return null
  const path = ['post', 'edit'].includes(line.target_kind)
    ? `/post/${line.target_id}`
    : topicPath({ id: topic_id, slug })
  return { title, path }
}

function canTakeBack(viewer: Viewer, line: LogLine, { author, actor }: Involved): boolean {
  const act = actNamed(line.act)
  if (!act || line.topic_forum_id === null || line.erased_at !== null) return false
  const placed = { forumId: line.topic_forum_id, author }
  return mayUndo(viewer, act, { forumId: line.forum_id, actor }, placed)
}
