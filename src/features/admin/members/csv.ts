import { csvLine } from '../../../platform/csv.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Criteria, Cursor } from './criteria.ts'
import { type ListedMember, listed, soughtBy } from './list-page.ts'
import { countFound, membersFound } from './queries.ts'

const portion = 500

const columns = ['id', 'name', 'email', 'email_proven', 'group', 'posts', 'joined', 'last_seen', 'states'] as const

/** Those whom a search finds as lines of a file, in the order in which they joined; how many, and the lines in portions. */
export async function csvOf(db: Db, criteria: Criteria): Promise<{ total: number; lines: AsyncGenerator<string> }> {
  const sought = await soughtBy(db, criteria)
  return { total: await countFound(db, sought), lines: portions(db, sought) }
}

async function* portions(db: Db, sought: Awaited<ReturnType<typeof soughtBy>>): AsyncGenerator<string> {
  yield csvLine(columns)
  let cursor: Cursor | null = null
  for (;;) {
    const rows = await membersFound(db, sought, { by: 'joined', down: false }, cursor, portion)
    const last = rows.at(-1)
    if (!last) return
    yield (await listed(db, rows, sought.now)).map(lineOf).join('')
    if (rows.length < portion) return
    cursor = { id: last.id, value: last.joined_at, before: false }
  }
}

function lineOf(member: ListedMember): string {
  return csvLine([
    member.id,
    member.name,
    member.email,
    member.email_verified_at === null ? 'no' : 'yes',
    member.group_name,
    member.post_count,
    timeOf(member.joined_at),
    timeOf(member.last_seen_at),
    member.states.join(' '),
  ])
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
