import { compose } from '../../content/index.ts'
import type { T } from '../../platform/locale/index.ts'

/** The chapters of the page, each with what it explains: `help.<name>` says what it is, `help.<name>_typed` shows it. */
const chapters = {
  words: ['bold', 'italics', 'underline', 'strike', 'spoiler', 'code'],
  blocks: ['paragraphs', 'headings', 'bullets', 'numbers', 'tasks', 'quote', 'hidden', 'code_block', 'table', 'rule'],
  links: ['address', 'link', 'plain_address'],
} as const

/** Pictures, people and posts that are not there: these are told, not shown. */
const untried = ['picture', 'mention', 'attribution', 'bbcode', 'escape'] as const

export interface HelpChapter {
  readonly name: string
  readonly rows: readonly { readonly name: string; readonly typed: string; readonly html: string | null }[]
}

const made = new Map<T, Promise<HelpChapter[]>>()

/** How to format text, each example as it is typed and as it is shown; made once for each language. */
export function markdownHelp(t: T): Promise<HelpChapter[]> {
  const known = made.get(t) ?? makeHelp(t)
  made.set(t, known)
  return known
}

async function makeHelp(t: T): Promise<HelpChapter[]> {
  const shown = Object.entries(chapters).map(async ([name, rows]) => ({
    name,
    rows: await Promise.all(rows.map(row => helpRow(t, row))),
  }))
  const told = untried.map(name => ({ name, typed: t(`help.${name}_typed`), html: null }))
  return [...(await Promise.all(shown)), { name: 'more', rows: told }]
}

async function helpRow(t: T, name: string) {
  const typed = t(`help.${name}_typed`)
  const { html } = await compose({ body: typed, format: 'markdown' }, { maxLength: 2000, maxEmoji: 10 })
  return { name, typed, html }
}
