import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { contains, type Db, type Tables } from '../../../platform/store/index.ts'
import { nameKey } from '../../members/index.ts'
import type { Criteria, Cursor, MemberState, Order, SeenSpan } from './criteria.ts'

const day = 24 * 60 * 60_000

type Members = ExpressionBuilder<Tables, 'members'>

/** What a search comes down to: its criteria, and who was seen at the network address that it names. */
export interface Sought extends Criteria {
  readonly now: number
  /** null: it names no network address. */
  readonly seenThere: readonly number[] | null
}

export type FoundMember = Awaited<ReturnType<typeof membersFound>>[number]

function found(db: Db, sought: Sought) {
  return db.selectFrom('members').where(eb => eb.and(conditionsOf(db, eb, sought)))
}

function conditionsOf(db: Db, eb: Members, sought: Sought): Expression<SqlBool>[] {
  const { group, state, joinedFrom, joinedBefore, seen, postsFrom, postsTo, ids, now } = sought
  return [
    ...(sought.text === '' ? [] : [byText(db, eb, sought)]),
    ...(group === null ? [] : [eb('members.group_id', '=', group)]),
    ...(state === null ? [] : [inState(eb, state, now)]),
    ...(joinedFrom === null ? [] : [eb('members.joined_at', '>=', joinedFrom)]),
    ...(joinedBefore === null ? [] : [eb('members.joined_at', '<', joinedBefore)]),
    ...(seen === null ? [] : [seenIn(eb, seen, now)]),
    ...(postsFrom === null ? [] : [eb('members.post_count', '>=', postsFrom)]),
    ...(postsTo === null ? [] : [eb('members.post_count', '<=', postsTo)]),
    ...(ids === undefined ? [] : [eb('members.id', 'in', [...ids])]),
  ]
}

function byText(db: Db, eb: Members, { text, seenThere }: Sought): Expression<SqlBool> {
  const number = /^#(\d{1,9})$/.exec(text)?.[1]
  if (number) return eb('members.id', '=', Number(number))
  const key = nameKey(text)
  return eb.or([
    contains(db, eb.ref('members.name'), text),
    contains(db, eb.ref('members.email'), text),
    // Look-alikes of a name are found by their key. A text that is all marks has none: it finds nobody, not everybody.
    ...(key === '' ? [] : [contains(db, eb.ref('members.name_key'), key)]),
    ...(seenThere === null ? [] : [eb('members.id', 'in', [...seenThere])]),
    eb('members.id', 'in', renamed(db, eb, text)),
  ])
}

/** Those who went by this name before. */
function renamed(db: Db, eb: Members, text: string) {
  return eb
    .selectFrom('former_names')
    .select('former_names.member_id')
    .where(name => contains(db, name.ref('former_names.name'), text))
}

function inState(eb: Members, state: MemberState, now: number): Expression<SqlBool> {
  if (state === 'proven') return eb('members.email_verified_at', 'is not', null)
  if (state === 'unproven')
    return eb.and([eb('members.email_verified_at', 'is', null), eb('members.deleted_at', 'is', null)])
  if (state === 'waiting') return eb('members.pending_at', 'is not', null)
  if (state === 'leaving')
    return eb.and([eb('members.leaving_at', 'is not', null), eb('members.deleted_at', 'is', null)])
  if (state === 'closed')
    return eb.or([eb('members.deleted_at', 'is not', null), eb('members.closed_at', 'is not', null)])
  return eb(
    'members.id',
    'in',
    heldBack(eb, state === 'banned' ? ['ban'] : ['no_posting', 'no_links', 'approval'], now),
  )
}

type Holding = Tables['sanctions']['kind']

function heldBack(eb: Members, kinds: readonly Holding[], now: number) {
  return eb
    .selectFrom('sanctions')
    .select('sanctions.member_id')
    .where('sanctions.kind', 'in', [...kinds])
    .where('sanctions.ended_at', 'is', null)
    .where(row => row.or([row('sanctions.ends_at', 'is', null), row('sanctions.ends_at', '>', now)]))
}

function seenIn(eb: Members, span: SeenSpan, now: number): Expression<SqlBool> {
  if (span === 'never') return eb('members.last_seen_at', 'is', null)
  const [way, days] = span.split('_')
  const since = now - Number(days) * day
  return eb(lastSeen(eb), way === 'in' ? '>=' : '<', since)
}

/** As the index has it: who never came was here before everybody else. */
function lastSeen(eb: Members) {
  return eb.fn.coalesce('members.last_seen_at', eb.lit(0))
}

function orderedBy(eb: Members, by: Order['by']) {
  if (by === 'name') return eb.ref('members.name_key')
  if (by === 'posts') return eb.ref('members.post_count')
  return by === 'joined' ? eb.ref('members.joined_at') : lastSeen(eb)
}

/** So many of those who were found, behind a place in the list; in the order of the list. */
export async function membersFound(db: Db, sought: Sought, order: Order, cursor: Cursor | null, limit: number) {
  const down = order.down !== (cursor?.before ?? false)
  const direction = down ? 'desc' : 'asc'
  const rows = await found(db, sought)
    .$if(cursor !== null, query => query.where(eb => behind(eb, order, cursor as Cursor, down ? '<' : '>')))
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .select(['members.id', 'members.name', 'members.name_key', 'members.email', 'members.email_verified_at'])
    .select(['members.group_id', 'groups.name as group_name', 'members.post_count', 'members.joined_at'])
    .select([
      'members.last_seen_at',
      'members.pending_at',
      'members.leaving_at',
      'members.deleted_at',
      'members.closed_at',
    ])
    .orderBy(eb => orderedBy(eb as unknown as Members, order.by), direction)
    .orderBy('members.id', direction)
    .limit(limit)
    .execute()
  return cursor?.before ? rows.reverse() : rows
}

/** Said so that an index leads to the place: of two ways to be behind it neither does. */
function behind(eb: Members, { by }: Order, { id, value }: Cursor, than: '<' | '>'): Expression<SqlBool> {
  const column = orderedBy(eb, by)
  return eb.and([eb(column, `${than}=`, value), eb.or([eb(column, than, value), eb('members.id', than, id)])])
}

export async function countFound(db: Db, sought: Sought): Promise<number> {
  const row = await found(db, sought)
    .select(eb => eb.fn.countAll<number>().as('members'))
    .executeTakeFirstOrThrow()
  return Number(row.members)
}

/** What stands over these members at this moment, besides warnings. */
export async function holdsOver(db: Db, ids: readonly number[], now: number): Promise<Map<number, Set<Holding>>> {
  const rows = await db
    .selectFrom('sanctions')
    .select(['member_id', 'kind'])
    .where('member_id', 'in', [...ids])
    .where('kind', '!=', 'warning')
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .execute()
  const holds = new Map<number, Set<Holding>>()
  for (const { member_id, kind } of rows) holds.set(member_id, (holds.get(member_id) ?? new Set()).add(kind))
  return holds
}

/** Lets an account wait for an administrator; false when it does already, or is gone. */
export async function setWaiting(db: Db, id: number, reason: string, now: number): Promise<boolean> {
  const row = await db
    .updateTable('members')
    .set({ pending_at: now, pending_reason: reason })
    .where('id', '=', id)
    .where('pending_at', 'is', null)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
