import { type Message, msg } from '../../../platform/errors.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type ForumNode, type ForumTree, forumTree } from '../../forums/index.ts'
import { everywhere, standings } from '../../groups/index.ts'
import { mayIn, moderatedForums, type Viewer } from '../../members/index.ts'
import { type Person, personOf, topicPath } from '../../topics/index.ts'
import { dossierPath } from '../menus/member-menu.ts'
import { nobody } from '../performing/log-member-act.ts'
import { hasRight, mayUndo } from '../policy.ts'
import { actorsIn, countLog, type LogFilter, type LogLine, type LogSight, logLines } from '../queries/log-page.ts'
import { actNamed, registry } from '../registry.ts'
import { type Author, targetKinds } from '../targets/target.ts'

/** One act in the log, as its sentence and what can still be done about it. */
export interface LogEntry {
  readonly id: number
  readonly at: number
  /** null: the forum itself, because a rule says so. */
  readonly actor: Person | null
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
    forumIds: [...moderatedForums(viewer), ...(viewer.admin ? [everywhere] : [])],
    memberActs: registry.filter(act => hasRight(viewer, everywhere, act)).map(act => act.name),
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
    const actor = personWith(line.rule_id === null ? line.member_id : null, line.actor_group_id)
    return entryOf(viewer, line, { author, actor }, tree)
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
    actor: line.rule_id === null ? personOf(line.member_id, line.actor_name, null) : null,
    symbol: act?.symbol ?? 'gavel',
    sentence: sentenceOf(viewer, line, tree),
    place: placeOf(viewer, line),
    forum: tree.byId.get(line.forum_id) ?? null,
    reason: line.reason,
    undone: line.undone_at === null ? null : { at: line.undone_at, by: line.undoer_name ?? '?' },
    mayUndo: line.undone_at === null && canTakeBack(viewer, line, involved),
    final: act ? act.undo === null : true,
    erased: isErased(line) && line.act !== 'erase',
  }
}

function sentenceOf(viewer: Viewer, line: LogLine, tree: ForumTree): Message {
  const act = actNamed(line.act)
  const named = act?.forumsNamed?.(JSON.parse(line.details)) ?? {}
  const nameOf = (id: number) => (mayIn(viewer, id, 'read') ? (tree.byId.get(id)?.name ?? '?') : '?')
  const forums = Object.entries(named).map(([place, id]) => [place, nameOf(id)])
  const guest = line.target_kind === 'topic' ? line.topic_guest_name : line.post_guest_name
  const author = line.author_name ?? guest ?? '?'
  const more = act?.says?.(JSON.parse(line.details)) ?? {}
  return msg(`moderation.did_${line.act}`, { kind: line.target_kind, author, ...more, ...Object.fromEntries(forums) })
}

/** The post's text, or those of all posts of the topic. */
function isErased(line: LogLine): boolean {
  return line.target_kind === 'topic' ? line.purged_at !== null : line.erased_at !== null
}

function placeOf(viewer: Viewer, line: LogLine): LogEntry['place'] {
  if (line.target_kind === 'member') {
    if (line.target_id === nobody) {
      const { pattern = '?', path = '/modcp/addresses/' } = JSON.parse(line.details)
      return { title: pattern, path }
    }
    const path = viewer.admin ? `/admin/members/${line.target_id}` : dossierPath(line.target_id)
    return { title: line.author_name ?? '?', path }
  }
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
  const forumId = line.target_kind === 'member' ? everywhere : line.topic_forum_id
  if (!act || forumId === null || (isErased(line) && !act.keepsTexts)) return false
  const placed = { forumId, author, kind: targetKinds.find(kind => kind === line.target_kind) }
  return mayUndo(viewer, act, { forumId: line.forum_id, actor }, placed)
}
