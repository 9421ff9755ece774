import { finderOf, showLine, showWords } from '../../content/index.ts'
import { byRevision, type Db } from '../../platform/store/index.ts'
import { allWords } from './queries.ts'

/** What readers see of what somebody wrote. Whoever edits, and the moderators' rooms, have it as it was written. */
export interface ShownWords {
  /** Of a plain line, such as a title. */
  line(line: string): string
  /** Of stored HTML: its text but not code, addresses or other attributes. */
  html(html: string): string
}

const untouched: ShownWords = { line: line => line, html: html => html }
/** So many texts are remembered as they are shown: those of the pages that are read most. */
const mostKept = 1000
const longestKept = 20_000

const listed = byRevision('shell', async (db): Promise<ShownWords> => {
  const replaced = (await allWords(db)).flatMap(({ word, replacement }) =>
    replacement === null ? [] : { word, replacement },
  )
  return replaced.length === 0 ? untouched : replacing(replaced)
})

/** The list of words as it is now. Costs nothing while it is empty. */
export function shownWords(db: Db): Promise<ShownWords> {
  return listed(db)
}

/** How these words are shown. */
export function replacing(list: readonly { readonly word: string; readonly replacement: string }[]): ShownWords {
  const finder = finderOf(list.map(({ word }) => word))
  const replacements = list.map(({ replacement }) => replacement)
  const kept = new Map<string, string>()
  return {
    line: line => showLine(line, finder, replacements),
    html: html => {
      const known = kept.get(html)
      if (known !== undefined) return known
      const shown = showWords(html, finder, replacements)
      const [oldest] = kept.size >= mostKept ? kept.keys() : []
      if (oldest !== undefined) kept.delete(oldest)
      if (html.length <= longestKept) kept.set(html, shown === html ? html : shown)
      return shown
    },
  }
}
