import { msg } from '../platform/errors.ts'
import { checkMarkup, checkStored, refusal, tooLong } from './limits.ts'
import { mentionsLink } from './links/mentions-link.ts'
import { isOutside } from './links/safe-url.ts'
import { markdownToHtml } from './markdown/dialect.ts'
import type { Block } from './model/document.ts'
import { findReferences, linesIn } from './model/find.ts'
import { attachmentsShownBy } from './model/opened.ts'
import { type ReadOptions, readHtml } from './model/read-html.ts'
import type { Names } from './model/read-inline.ts'
import { writeHtml } from './model/write-html.ts'
import { writeText } from './model/write-text.ts'
import { sanitise } from './sanitise.ts'
import { cleanText, isVisible } from './text/clean.ts'
import { hasMoreEmoji } from './text/emoji.ts'

/** What the pipeline makes of a text; a higher number than the one stored with a post says: render it again. */
export const CONTENT_VERSION = 2

export type Draft = { readonly body: string; readonly format: 'markdown' | 'html' }

/** Plain data, because it may travel to another thread. */
export type ComposeOptions = {
  /** Characters of text; markup and addresses do not count. */
  readonly maxLength: number
  readonly maxEmoji: number
  /** The public address of this forum: what is on it is no link to elsewhere. */
  readonly baseUrl?: string | undefined
  /** Present names of members and of the authors of posts; see `namesWanted`. Left out, names stand as typed. */
  readonly names?: Names | undefined
}

export type Composed = {
  readonly html: string
  /** For search and previews: without what others wrote and what is behind a spoiler. */
  readonly text: string
  /** Whether it leads to somewhere outside of the forum, or holds an e-mail address. */
  readonly hasLink: boolean
  /** Members mentioned by the author, not in a quote. */
  readonly mentions: number[]
  /** Posts quoted. */
  readonly quotes: number[]
  /** What this forum keeps and the author, not somebody quoted, shows or leads to. */
  readonly attachments: number[]
  readonly version: number
}

/** The whole way of a text but the colours of its code (`paintHere`), on this thread. Throws Invalid with the reason at the field `body`. */
export function composeHere(draft: Draft, options: ComposeOptions): Composed {
  const blocks = readDraft(draft, options)
  const everything = writeText(blocks, { everything: true })
  checkText(blocks, everything, options)
  const html = writeHtml(blocks)
  checkStored(html)
  return {
    html,
    text: writeText(blocks, { everything: false }),
    hasLink: leadsOutside(blocks, options.baseUrl) || mentionsLink(everything, options.baseUrl),
    ...findReferences(blocks),
    attachments: attachmentsShownBy(html),
    version: CONTENT_VERSION,
  }
}

/** The document in what was typed. Throws Invalid when it is too complex. */
export function readDraft(draft: Draft, options: ReadOptions): Block[] {
  const body = cleanText(draft.body)
  const raw = draft.format === 'html' ? body : markdownToHtml(body)
  checkMarkup(raw)
  return readHtml(sanitise(raw), options)
}

function checkText(blocks: readonly Block[], text: string, { maxLength, maxEmoji }: ComposeOptions): void {
  const hasPicture = linesIn(blocks).some(line => line.some(leaf => leaf.type === 'image'))
  if (!hasPicture && !isVisible(text)) throw refusal(msg('content.empty'))
  if (text.length > maxLength) throw tooLong(maxLength)
  if (hasMoreEmoji(text, maxEmoji)) throw refusal(msg('content.too_many_emoji', { max: maxEmoji }))
}

function leadsOutside(blocks: readonly Block[], baseUrl: string | undefined): boolean {
  return linesIn(blocks).some(line =>
    line.some(
      leaf =>
        (leaf.type === 'image' && isOutside(leaf.src, baseUrl)) ||
        leaf.marks.some(mark => typeof mark === 'object' && mark.outside),
    ),
  )
}
