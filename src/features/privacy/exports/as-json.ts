import type { Db } from '../../../platform/store/index.ts'
import type { Member } from '../../members/index.ts'
import {
  actsOnThemAfter,
  type PostRef,
  postsWithPlace,
  quotesOfPosts,
  type Row,
  rowsAfter,
  type Section,
  versionsOfPosts,
} from '../queries/sections.ts'
import type { Progress } from './progress.ts'
import { provenKey, sections, sectionsByAddress } from './sections.ts'

/** Rows at a time: nobody waits for long behind them. */
export const portion = 250

export interface Whole {
  readonly db: Db
  readonly forum: { readonly name: string; readonly url: string }
  readonly member: Member
  readonly group: string
  readonly posts: readonly PostRef[]
  readonly madeAt: number
  readonly progress: Progress
}

/** `data.json`, in pieces. */
export async function* asJson(whole: Whole): AsyncGenerator<string> {
  const { forum, madeAt, member } = whole
  yield `{\n"format": "stoa-member-data-1",\n"forum": ${json(forum)},\n"made_at": ${json(isoOf(madeAt))},\n`
  yield `"account": ${json(accountOf(whole))}`
  yield* list('posts', postRows(whole))
  for (const section of sections) yield* list(section.name, sectionRows(whole, section, member.id))
  for (const section of sectionsByAddress) yield* list(section.name, sectionRows(whole, section, provenKey(member)))
  yield* list('moderation_of_yours', actRows(whole))
  yield '\n}\n'
}

/** What the account says, without what proves who signs in. */
function accountOf({ member, group }: Whole): Row {
  const { password_hash: _, name_key: _name, email_key: _email, ...account } = member
  return { ...account, group }
}

async function* list(name: string, portions: AsyncGenerator<Row[]>): AsyncGenerator<string> {
  yield `,\n${json(name)}: [`
  let before = '\n'
  for await (const rows of portions) {
    if (rows.length === 0) continue
    yield before + rows.map(row => json(row)).join(',\n')
    before = ',\n'
  }
  yield ']'
}

async function* sectionRows({ db, progress }: Whole, section: Section, who: number | string): AsyncGenerator<Row[]> {
  for (let after: unknown = null; ; ) {
    const { rows, last } = await rowsAfter(db, section, who, after, portion)
    yield rows
    await progress.add(rows.length)
    if (rows.length < portion) return
    after = last
  }
}

async function* actRows({ db, member, progress }: Whole): AsyncGenerator<Row[]> {
  for (let after = 0; ; ) {
    const rows = await actsOnThemAfter(db, member.id, after, portion)
    yield rows.map(({ id: _, ...row }) => row)
    await progress.add(0)
    if (rows.length < portion) return
    after = rows.at(-1)?.id ?? after
  }
}

async function* postRows({ db, posts, progress }: Whole): AsyncGenerator<Row[]> {
  for (const ids of portionsOf(posts)) {
    const [rows, versions, quotes] = [
      await postsWithPlace(db, ids),
      await versionsOfPosts(db, ids),
      await quotesOfPosts(db, ids),
    ]
    yield rows.map(({ member_id: _, content_version: _version, place: _place, ...row }) => ({
      ...row,
      quotes: quotes.flatMap(quote => (quote.post_id === row.id ? quote.quoted_post_id : [])),
      versions: versions.flatMap(({ post_id, replaced_by_id: _by, id: _id, ...version }) =>
        post_id === row.id ? withTimes(version) : [],
      ),
    }))
    await progress.add(ids.length)
  }
}

/** The ids of so many posts at a time. */
export function* portionsOf(posts: readonly PostRef[]): Generator<number[]> {
  for (let at = 0; at < posts.length; at += portion) yield posts.slice(at, at + portion).map(({ id }) => id)
}

function json(value: unknown): string {
  return JSON.stringify(isRow(value) ? withTimes(value) : value)
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Times as people and programs read them. */
function withTimes(row: Row): Row {
  const entries = Object.entries(row).map(([key, value]) => [
    key,
    /(^|_)at$/.test(key) && typeof value === 'number' ? isoOf(value) : value,
  ])
  return Object.fromEntries(entries)
}

function isoOf(time: number): string {
  return new Date(time).toISOString()
}
