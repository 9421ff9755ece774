import { paintHere } from './code/paint.ts'
import { readHtml } from './model/read-html.ts'
import { writeHtml } from './model/write-html.ts'
import { writeText } from './model/write-text.ts'
import { CONTENT_VERSION } from './pipeline.ts'

/** A stored text as the pipeline of now writes it. */
export type Again = { readonly html: string; readonly text: string; readonly version: number }

/** Each of these texts on this thread. */
export function renderHere(stored: readonly string[]): Again[] {
  return stored.map(html => {
    const blocks = readHtml(html, { stored: true })
    const text = writeText(blocks, { everything: false })
    return { html: paintHere(writeHtml(blocks)), text, version: CONTENT_VERSION }
  })
}
