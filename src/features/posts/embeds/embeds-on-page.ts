import { type Piece, piecesOf } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { ViewPart } from '../reading/slots.ts'
import { cards } from './cards.ts'
import type { EmbedKind, Onlooker } from './kind.ts'
import { linkCards } from './link-cards.ts'
import { players } from './players.ts'

/** The first that knows an address shows it. */
const kinds: readonly EmbedKind[] = [cards, players, linkCards]

/** A part of a text as a page shows it: a view, or HTML as it is stored. */
export type ShownPiece = Piece | ViewPart

/**
 * The texts in which a link is shown as more than a link, in pieces, by their place in the list. Asks nothing of the
 * database when no link stands alone, and once for all of them of each kind when some do.
 */
export async function embedsIn(
  db: Db,
  onlooker: Onlooker,
  htmls: readonly string[],
): Promise<Map<number, readonly ShownPiece[]>> {
  const texts = htmls.flatMap((html, at) => {
    const pieces = piecesOf(html)
    return pieces ? [{ at, pieces }] : []
  })
  const hrefs = new Set(texts.flatMap(({ pieces }) => pieces.flatMap(({ href }) => href ?? [])))
  const shown = hrefs.size > 0 ? await partsFor(db, onlooker, [...hrefs]) : new Map<string, ViewPart>()
  if (shown.size === 0) return new Map()
  return new Map(
    texts.map(({ at, pieces }) => [at, pieces.map(piece => (piece.href && shown.get(piece.href)) || piece)]),
  )
}

/** Whether a link to there, on a line of its own, would be shown to this viewer as more than a link. */
export async function isEmbedded(db: Db, onlooker: Onlooker, href: string): Promise<boolean> {
  return (await partsFor(db, onlooker, [href])).size > 0
}

async function partsFor(db: Db, onlooker: Onlooker, hrefs: readonly string[]): Promise<Map<string, ViewPart>> {
  const parts = new Map<string, ViewPart>()
  for (const kind of kinds) {
    const left = hrefs.filter(href => !parts.has(href))
    for (const [href, part] of await kind(db, onlooker, left)) parts.set(href, part)
  }
  return parts
}
