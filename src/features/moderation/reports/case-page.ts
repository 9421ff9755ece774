import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import {
  findCase,
  keepersFor,
  notesIn,
  openCaseIds,
  outcomes,
  reportsIn,
  ruleReason,
  sightOf,
} from '../../reports/index.ts'
import { personOf } from '../../topics/index.ts'
import { settle } from '../acts/settle.ts'
import { menusBeside } from '../menus/member-menu.ts'
import { menuFor } from '../menus/menus.ts'
import { mayDo } from '../policy.ts'
import { loadItems } from '../targets/items.ts'

/** The way from one open case to the next reaches over so many. */
const mostInLine = 1000

/** One reported post with everything said about it. Throws NotFound for what is not this viewer's to see. */
export async function casePage(db: Db, viewer: Viewer, id: number) {
  const found = await findCase(db, viewer, id)
  const [item] = await loadItems(db, viewer, [{ kind: 'post', id: found.post_id }])
  if (!item) throw new NotFound()
  const { target, post } = item
  const reports = await reportsIn(db, [id])
  const authorId = target.author.id
  const written = { id: found.post_id, member_id: authorId }
  const onAuthor = (await menusBeside(db, viewer, [written])).get(found.post_id) ?? []
  const acts = [...menuFor(viewer, target), ...onAuthor.filter(act => act.action !== undefined)]
  const first = reports[0]?.created_at ?? found.opened_at
  return {
    case: found,
    item,
    /** To the post, and to whoever wrote it. */
    acts: acts.map(act => ({ ...act, symbol: act.symbol ?? 'gavel' })),
    lookUp: onAuthor.find(act => act.href !== undefined) ?? null,
    /** It says something else than when it was reported. */
    editedSince: post?.edited_at != null && post.edited_at > first,
    reports: reports.map(report => ({ ...report, by: personIn(report), byRule: report.reason === ruleReason })),
    notes: (await notesIn(db, id)).map(note => ({ ...note, by: personIn(note) })),
    keepers: await keepersFor(db, target.forumId, authorId),
    maySettle: found.settled_at === null && mayDo(viewer, settle, target),
    outcomes,
    ...(await neighbours(db, viewer, id)),
  }
}

function personIn(row: { readonly member_id: number | null; readonly member_name: string | null }) {
  return row.member_id === null ? null : personOf(row.member_id, row.member_name, null)
}

/** The open cases before and after this one, and its place among them. */
async function neighbours(db: Db, viewer: Viewer, id: number) {
  const ids = await openCaseIds(db, sightOf(viewer), mostInLine)
  const at = ids.indexOf(id)
  const [previous, next] = at < 0 ? [null, ids[0]] : [ids[at - 1], ids[at + 1]]
  // Whoever settles the last one begins again with what they passed over.
  const after = next ?? ids.find(other => other !== id)
  return { previous: previous ?? null, next: next ?? null, after: after ?? null, place: at + 1, open: ids.length }
}
