import { CONTENT_VERSION, renderAgain } from '../../../content/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { lookElsewhereFor } from '../elsewhere/look-elsewhere.ts'
import {
  countOlder,
  type OldText,
  olderTexts,
  type RenderedTable,
  writeEditAgain,
  writePostAgain,
} from '../queries/render.ts'

/** So many are held in memory, and made in one go. */
const portion = 10

const writers = { posts: writePostAgain, proposed_edits: writeEditAgain }

export interface Rendered {
  /** Texts that an earlier version of the pipeline wrote. */
  readonly looked: number
  readonly changed: number
  /** Somebody changed them meanwhile. */
  readonly left: number
}

/**
 * Makes the HTML of all posts, and of edits that wait, anew where an earlier version of the pipeline wrote it. Nobody is
 * named as having edited anything, and no earlier version is kept: they say what they said. What somebody changes at this
 * moment is left as they leave it. May be stopped, and run again. `onProgress` is told how many of how many are done.
 */
export async function renderPosts(
  db: Db,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Rendered> {
  const tables: readonly RenderedTable[] = ['posts', 'proposed_edits']
  const counts = await Promise.all(tables.map(table => countOlder(db, table, CONTENT_VERSION)))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const rendered = { looked: 0, changed: 0, left: 0 }
  for (const table of tables) {
    for await (const texts of portions(db, table)) {
      const again = await renderAgain(texts.map(({ html }) => html))
      for (const [at, old] of texts.entries()) {
        const text = again[at]
        const written = text !== undefined && (await writers[table](db, old, text))
        rendered.looked++
        if (!written) rendered.left++
        else if (text.html !== old.html) rendered.changed++
        if (written && table === 'posts' && leadsElsewhere(text.html))
          await inTransaction(db, tx => lookElsewhereFor(tx, old.id, text.html))
      }
      onProgress(rendered.looked, Math.max(total, rendered.looked))
    }
  }
  return rendered
}

/** What they lead to becomes a card, and their pictures are kept, as if they were written now. */
function leadsElsewhere(html: string): boolean {
  return /<a class="embed"| class="remote"/.test(html)
}

async function* portions(db: Db, table: RenderedTable): AsyncGenerator<OldText[]> {
  for (let after = 0; ; ) {
    const texts = await olderTexts(db, table, CONTENT_VERSION, after, portion)
    if (texts.length === 0) return
    yield texts
    after = texts.at(-1)?.id ?? after
  }
}
