import type { Again } from '../../../content/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { lockTopic, updatePost } from './states.ts'

export interface OldText {
  /** Of the post, or of the post that the edit is for. */
  readonly id: number
  readonly html: string
}

export type RenderedTable = 'posts' | 'proposed_edits'

const idOf = { posts: 'posts.id', proposed_edits: 'proposed_edits.post_id' } as const

/** How many texts an earlier version of the pipeline than this wrote. */
export async function countOlder(db: Db, table: RenderedTable, version: number): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select(eb => eb.fn.countAll().as('count'))
    .where('content_version', '<', version)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** So many of them after this id, in order. */
export async function olderTexts(
  db: Db,
  table: RenderedTable,
  version: number,
  after: number,
  count: number,
): Promise<OldText[]> {
  return db
    .selectFrom(table)
    .select([`${idOf[table]} as id`, 'html'])
    .where('content_version', '<', version)
    .where(idOf[table], '>', after)
    .orderBy(idOf[table])
    .limit(count)
    .execute()
}

/** Stores the text of a post anew and makes pages with it stale; false when the post says something else by now. */
export async function writePostAgain(db: Db, { id, html }: OldText, again: Again): Promise<boolean> {
  return inTransaction(db, async tx => {
    const now = () => tx.selectFrom('posts').select(['topic_id', 'html']).where('id', '=', id).executeTakeFirst()
    const topicId = (await now())?.topic_id
    if (topicId === undefined) return false
    if (again.html !== html) await lockTopic(tx, topicId)
    if ((await now())?.html !== html) return false
    await updatePost(tx, id, { html: again.html, text: again.text, content_version: again.version })
    return true
  })
}

/** The same of an edit that waits; no page that is kept shows it. */
export async function writeEditAgain(db: Db, { id, html }: OldText, again: Again): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('proposed_edits')
    .set({ html: again.html, text: again.text, content_version: again.version })
    .where('post_id', '=', id)
    .where('html', '=', html)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
