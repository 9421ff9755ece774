import type { Message } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { forumTree } from '../../forums/index.ts'
import { allGroups } from '../../groups/index.ts'
import { memberPath } from '../../members/index.ts'
import type { Change, MemberChange, PermissionChange } from './entry.ts'
import { findEntries, type LogFilter, logChoices, namesOf } from './queries.ts'

type AnyChange = Change | PermissionChange | MemberChange

export const entriesPerPage = 50

/** One page of the administration log, and what it can be narrowed to. */
export async function logPage(db: Db, filter: LogFilter, page: number) {
  const part = { limit: entriesPerPage, offset: (page - 1) * entriesPerPage }
  const { rows, total } = await findEntries(db, filter, part)
  const changes = new Map(rows.map(row => [row.id, changesIn(row)]))
  const named = await naming(db, [...changes.values()].flat())
  return {
    filter,
    page,
    pages: Math.max(1, Math.ceil(total / entriesPerPage)),
    choices: await logChoices(db),
    entries: rows.map(row => ({
      id: row.id,
      at: row.at,
      room: row.room,
      by: row.done_by_id === null ? null : person(row.done_by_id, row.by_name),
      member: row.member_id === null ? null : person(row.member_id, row.member_name),
      message: sentence(row.message, row.member_name),
      changes: (changes.get(row.id) ?? []).map(named),
      undone: row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by_name ?? '' },
    })),
  }
}

function changesIn({ changes }: { readonly changes: string | null }): readonly AnyChange[] {
  return changes === null ? [] : JSON.parse(changes)
}

/** Says which forum, group and member a change is about, by the names that they have now. */
async function naming(db: Db, changes: readonly AnyChange[]) {
  const ids = changes.flatMap(change => ('member' in change ? [change.member] : []))
  const members = ids.length > 0 ? await namesOf(db, ids) : new Map<number, string>()
  const [{ byId }, groups] = [await forumTree(db), new Map((await allGroups(db)).map(({ id, name }) => [id, name]))]
  return (change: AnyChange) => {
    if ('member' in change) {
      const { member: id, from, to } = change
      return { ...change, name: members.get(id), fromName: groups.get(from), toName: groups.get(to) }
    }
    if (!('verb' in change)) return change
    return { ...change, forumName: byId.get(change.forum)?.name ?? null, groupName: groups.get(change.group) ?? null }
  }
}

function person(id: number, name: string | null) {
  return { name: name ?? '', path: memberPath({ id, name: name ?? '' }) }
}

/** As it was said then, with the name that the member has now. */
function sentence(said: string, name: string | null): Message {
  const { key, args }: Message = JSON.parse(said)
  return { key, args: { ...(name !== null && { name }), ...args } }
}
