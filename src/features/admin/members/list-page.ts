import type { Db } from '../../../platform/store/index.ts'
import { membersAt } from '../../moderation/index.ts'
import { type Criteria, type Cursor, cursorText, type MemberState, type Order } from './criteria.ts'
import { countFound, type FoundMember, holdsOver, membersFound, type Sought } from './queries.ts'

const perPage = 50

export interface ListedMember extends FoundMember {
  /** What there is to know of the account, besides that it is as it should be. */
  readonly states: readonly MemberState[]
}

/** One page of those whom a search finds, with the places in the list at which the next and the one before begin. */
export async function listPage(db: Db, criteria: Criteria, order: Order, cursor: Cursor | null) {
  const sought = await soughtBy(db, criteria)
  const rows = await membersFound(db, sought, order, cursor, perPage + 1)
  const isMore = rows.length > perPage
  // The one too many stands at the end towards which the page was read.
  const shown = isMore ? (cursor?.before ? rows.slice(1) : rows.slice(0, perPage)) : rows
  const [first, last] = [shown[0], shown.at(-1)]
  const place = (row: FoundMember) => cursorText({ id: row.id, value: valueIn(row, order.by) })
  const hasBefore = cursor !== null && (cursor.before ? isMore : true)
  const hasAfter = cursor?.before ? true : isMore
  return {
    members: await listed(db, shown, sought.now),
    total: await countFound(db, sought),
    before: first && hasBefore ? place(first) : null,
    after: last && hasAfter ? place(last) : null,
  }
}

/** The criteria with what has to be looked up for them first. */
export async function soughtBy(db: Db, criteria: Criteria): Promise<Sought> {
  return { ...criteria, now: Date.now(), seenThere: criteria.text === '' ? null : await membersAt(db, criteria.text) }
}

function valueIn(row: FoundMember, by: Order['by']): string | number {
  if (by === 'name') return row.name_key
  if (by === 'posts') return row.post_count
  return by === 'joined' ? row.joined_at : (row.last_seen_at ?? 0)
}

/** The same rows with what is the matter with each account. */
export async function listed(db: Db, rows: readonly FoundMember[], now: number): Promise<ListedMember[]> {
  const ids = rows.map(({ id }) => id)
  const holds = await holdsOver(db, ids, now)
  return rows.map(row => ({ ...row, states: statesOf(row, holds.get(row.id) ?? new Set()) }))
}

function statesOf(row: FoundMember, holds: ReadonlySet<string>): MemberState[] {
  if (row.deleted_at !== null) return ['closed']
  const isRestricted = [...holds].some(kind => kind !== 'ban')
  return [
    ...(row.email_verified_at === null ? (['unproven'] as const) : []),
    ...(row.pending_at === null ? [] : (['waiting'] as const)),
    ...(isRestricted ? (['restricted'] as const) : []),
    ...(holds.has('ban') ? (['banned'] as const) : []),
    ...(row.closed_at === null ? [] : (['closed'] as const)),
    ...(row.leaving_at === null ? [] : (['leaving'] as const)),
  ]
}
