import { readSigns } from '../text/signs.ts'

/** A part of a stored text: HTML as it is, or a paragraph that is nothing but a link, which may be shown as more. */
export type Piece = { readonly html: string; readonly href?: string }

/** So many links of one text are shown as more than links. */
const most = 30

// What people type cannot look like this: in stored HTML the signs of a tag are only ever written by us.
const lonelyLink = /<p><a class="embed" href="([^"]*)"(?: rel="[^"]*")?>[^<]*<\/a><\/p>/g

/** Stored HTML in pieces that give it again when put together; null when no link stands alone in it. */
export function piecesOf(html: string): Piece[] | null {
  if (!html.includes('<a class="embed"')) return null
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: paragraph, 1: href = '', index } of html.matchAll(lonelyLink)) {
    if (index > from) pieces.push({ html: html.slice(from, index) })
    pieces.push({ html: paragraph, href: readSigns(href) })
    from = index + paragraph.length
    if (pieces.filter(piece => piece.href).length === most) break
  }
  if (from < html.length) pieces.push({ html: html.slice(from) })
  return from > 0 ? pieces : null
}
