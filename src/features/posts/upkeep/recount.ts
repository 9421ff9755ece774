import { bumpRevisions, type Db, inTransaction } from '../../../platform/store/index.ts'
import { forumCounters, lockForum } from '../../forums/index.ts'
import { type ForumReaders, readersOf, saidReaders, writeReaders } from '../../groups/index.ts'
import {
  type CountedForum,
  type CountedMember,
  countedMembers,
  countForums,
  countMembers,
  holdMember,
  idsAfter,
  setForumCounts,
  setMemberCounts,
} from '../queries/recount.ts'
import { confirm } from './confirm.ts'
import { differences, type Off } from './off.ts'
import { recountTopics } from './recount-topics.ts'

export type { Off } from './off.ts'

const chunk = 200

export interface RecountOptions {
  /** Puts right what is off; otherwise it is only told. */
  readonly repair: boolean
  /** After each chunk: how many rows of what have been looked at. */
  readonly onProgress?: (table: 'topics' | 'forums' | 'members', done: number) => void
}

/**
 * Counts everything anew and says what was off, row by row: positions and counters of topics, then of forums, then of
 * members, each standing on the one before. Works in chunks beside people who post, and suspects a row only when it is
 * still off while nobody else can change it.
 */
export async function recountAll(db: Db, options: RecountOptions): Promise<Off[]> {
  const off = [
    ...(await inChunks(db, 'topics', options, recountTopics)),
    ...(await inChunks(db, 'forums', options, recountForums)),
    ...(await recountReaders(db, options.repair)),
    ...(await inChunks(db, 'members', options, recountSome)),
  ]
  if (options.repair && off.length > 0) await inTransaction(db, tx => bumpRevisions(tx, 'counts'))
  return off
}

type Table = 'topics' | 'forums' | 'members'
type Recount = (db: Db, ids: readonly number[], repair: boolean) => Promise<Off[]>

async function inChunks(
  db: Db,
  table: Table,
  { repair, onProgress }: RecountOptions,
  recount: Recount,
): Promise<Off[]> {
  const off: Off[] = []
  let done = 0
  for (let last = 0; ; ) {
    const ids = await idsAfter(db, table, last, chunk)
    if (ids.length === 0) return off
    off.push(...(await recount(db, ids, repair)))
    last = ids.at(-1) ?? last
    done += ids.length
    onProgress?.(table, done)
  }
}

async function recountForums(db: Db, ids: readonly number[], repair: boolean): Promise<Off[]> {
  const suspects = offForums(await forumCounters(db, ids), await countForums(db, ids))
  return confirm(db, idsOf(suspects), repair, async (tx, id) => {
    await lockForum(tx, id)
    const [should] = await countForums(tx, [id])
    const off = offForums(await forumCounters(tx, [id]), should ? [should] : [])
    if (repair && should && off.length > 0) await setForumCounts(tx, should)
    return off
  })
}

function idsOf(off: readonly { readonly id: number }[]): number[] {
  return off.map(({ id }) => id)
}

function offForums(are: readonly CountedForum[], should: readonly CountedForum[]): Off[] {
  const byId = new Map(should.map(row => [row.id, row]))
  return are.flatMap(row => differences('forums', row, byId.get(row.id) ?? row))
}

/** Says of members alone what is off, and puts it right: others than before may read where they wrote. */
export async function recountMembers(db: Db): Promise<void> {
  const off = await inChunks(db, 'members', { repair: true }, recountSome)
  if (off.length > 0) await inTransaction(db, tx => bumpRevisions(tx, 'counts'))
}

/** Who reads which forum, as it is written down. */
async function recountReaders(db: Db, repair: boolean): Promise<Off[]> {
  return inTransaction(db, async tx => {
    const said = await saidReaders(tx)
    const should = await readersOf(tx, idsOf(said))
    const off = said.flatMap((row, at) => differences('forums', row, should[at] ?? row))
    if (repair)
      for (const id of new Set(idsOf(off))) await writeReaders(tx, should.find(row => row.id === id) as ForumReaders)
    return off
  })
}

async function recountSome(db: Db, ids: readonly number[], repair: boolean): Promise<Off[]> {
  const suspects = offMembers(await countedMembers(db, ids), await countMembers(db, ids))
  return confirm(db, idsOf(suspects), repair, async (tx, id) => {
    await holdMember(tx, id)
    const [should] = await countMembers(tx, [id])
    const off = offMembers(await countedMembers(tx, [id]), should ? [should] : [])
    if (repair && should && off.length > 0) await setMemberCounts(tx, should)
    return off
  })
}

function offMembers(are: readonly CountedMember[], should: readonly CountedMember[]): Off[] {
  const byId = new Map(should.map(row => [row.id, row]))
  return are.flatMap(row => differences('members', row, byId.get(row.id) ?? row))
}
