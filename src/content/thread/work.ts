import { changesHere } from '../compare.ts'
import { convertHere } from '../conversion.ts'
import { toMarkdownHere } from '../inverse/to-markdown.ts'
import { composeHere } from '../pipeline.ts'
import { quoteHere } from '../stored.ts'

/** What is done in a thread, by name. What goes in and comes out is plain data. */
export const work = {
  changes: changesHere,
  compose: composeHere,
  convert: convertHere,
  markdown: toMarkdownHere,
  quote: quoteHere,
}

export type Work = typeof work
