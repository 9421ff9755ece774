import type { Db } from '../../../platform/store/index.ts'
import { type ForumNode, forumTree, subtree } from '../../forums/index.ts'
import { allGroups, everywhere, type ForumVerb, type Group, permissionRows } from '../../groups/index.ts'

/** What one forum says of one group; null: as above it, and everywhere: no. */
export type Said = 0 | 1 | null

export interface Cell {
  readonly group: Group
  readonly said: Said
  /** What holds when nothing is said here, and the forum or category that says it; null: everywhere. */
  readonly inherited: { readonly allowed: boolean; readonly from: ForumNode | null }
  /** Above it is one that the group may not read, so that whatever is said here says nothing. */
  readonly hiddenBy: ForumNode | null
  /** Guests start topics and reply in a way of their own. */
  readonly open: boolean
}

export interface MatrixRow {
  /** null: everywhere. */
  readonly forum: ForumNode | null
  readonly cells: readonly Cell[]
}

export interface Matrix {
  readonly verb: ForumVerb
  readonly groups: readonly Group[]
  readonly rows: readonly MatrixRow[]
  /** Only this category or forum and what is below it; null: all of them. */
  readonly under: ForumNode | null
}

/** Beyond so many cells a page shows one category: a form with more is not taken. */
const mostCells = 1500

/** For one permission: what is said of every group in every forum, and what holds where nothing is. */
export async function permissionMatrix(db: Db, verb: ForumVerb, under: number | null): Promise<Matrix> {
  const { roots, byId } = await forumTree(db)
  const groups = await groupsInMatrix(db)
  const whole = roots.flatMap(subtree)
  const isTooLarge = whole.length * groups.length > mostCells
  const top = (under === null ? null : byId.get(under)) ?? (isTooLarge ? roots[0] : null) ?? null
  const said = await saying(db)
  const rows: MatrixRow[] = [null, ...(top ? subtree(top) : whole)].map(forum => ({
    forum,
    cells: groups.map(group => cellOf(said, verb, forum, group)),
  }))
  return { verb, groups, rows, under: top }
}

/** Everybody but administrators, who may do everything. */
export async function groupsInMatrix(db: Db): Promise<Group[]> {
  return (await allGroups(db)).filter(group => group.kind !== 'administrators')
}

type Saying = (forum: number, group: number, verb: string) => Said

/** What is written down at this moment. Everywhere, "no" and nothing are the same. */
export async function saying(db: Db): Promise<Saying> {
  const rows = await permissionRows(db)
  const known = new Map(rows.map(row => [`${row.forum_id} ${row.group_id} ${row.verb}`, row.allowed]))
  return (forum, group, verb) => {
    const allowed = known.get(`${forum} ${group} ${verb}`) ?? null
    return forum === everywhere && allowed === 0 ? null : allowed
  }
}

/** May something be said of this group? */
export function isOpen(group: Group, verb: ForumVerb): boolean {
  return group.kind !== 'guests' || verb === 'read' || verb === 'publish'
}

function cellOf(said: Saying, verb: ForumVerb, forum: ForumNode | null, group: Group): Cell {
  const above = [...(forum?.ancestors ?? [])].reverse()
  const from = above.find(one => said(one.id, group.id, verb) !== null) ?? null
  const allowed = said(from?.id ?? everywhere, group.id, verb) === 1
  return {
    group,
    said: said(forum?.id ?? everywhere, group.id, verb),
    inherited: { allowed: forum !== null && allowed, from },
    hiddenBy: above.find(one => !mayRead(said, one, group)) ?? null,
    open: isOpen(group, verb),
  }
}

function mayRead(said: Saying, forum: ForumNode, { id }: Group): boolean {
  const nearest = [forum, ...[...forum.ancestors].reverse()].find(one => said(one.id, id, 'read') !== null)
  return said(nearest?.id ?? everywhere, id, 'read') === 1
}
