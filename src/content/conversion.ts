import { toMarkdownHere } from './inverse/to-markdown.ts'
import { plainPictures } from './model/pictures.ts'
import { writeHtml } from './model/write-html.ts'
import { type Draft, readDraft } from './pipeline.ts'

export type ConvertOptions = {
  /** The public address of this forum: what is on it is no link to elsewhere. */
  readonly baseUrl?: string | undefined
}

/** The same text in the other format, on this thread. Names stand as typed. Throws Invalid when it is too complex. */
export function convertHere(draft: Draft, { baseUrl }: ConvertOptions): Draft {
  const html = writeHtml(readDraft(draft, { baseUrl }))
  if (draft.format === 'html') return { body: toMarkdownHere(html), format: 'markdown' }
  return { body: plainPictures(html), format: 'html' }
}
