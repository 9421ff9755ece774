import { paintHere } from '../code/paint.ts'
import { changesHere } from '../compare.ts'
import { convertHere } from '../conversion.ts'
import { toMarkdownHere } from '../inverse/to-markdown.ts'
import { type Composed, type ComposeOptions, composeHere, type Draft } from '../pipeline.ts'
import { quotePartHere, quotesHere } from '../quoting.ts'
import { renderHere } from '../rendering.ts'

function composePainted(draft: Draft, options: ComposeOptions): Composed {
  const composed = composeHere(draft, options)
  return { ...composed, html: paintHere(composed.html) }
}

/** What is done in a thread, by name. What goes in and comes out is plain data. */
export const work = {
  again: renderHere,
  changes: changesHere,
  compose: composePainted,
  convert: convertHere,
  markdown: toMarkdownHere,
  paint: paintHere,
  quotePart: quotePartHere,
  quotes: quotesHere,
}

export type Work = typeof work
