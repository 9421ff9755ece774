import { changesHere } from '../compare.ts'
import { convertHere } from '../conversion.ts'
import { toMarkdownHere } from '../inverse/to-markdown.ts'
import { composeHere } from '../pipeline.ts'
import { quotePartHere, quotesHere } from '../quoting.ts'

/** What is done in a thread, by name. What goes in and comes out is plain data. */
export const work = {
  changes: changesHere,
  compose: composeHere,
  convert: convertHere,
  markdown: toMarkdownHere,
  quotePart: quotePartHere,
  quotes: quotesHere,
}

export type Work = typeof work
