import type { Db } from '../../platform/store/index.ts'
import { cardAddress } from './address.ts'
import { type CardRow, filledCards } from './queries.ts'

/** What stands in the place of a link to elsewhere (view `embeds/link-card`). All words are a stranger's. */
export interface LinkCard {
  readonly href: string
  /** Whose page it is: this cannot be made up. */
  readonly host: string
  readonly title: string
  readonly site: string | null
  readonly author: string | null
  readonly description: string | null
  readonly picture: { readonly src: string; readonly width: number; readonly height: number } | null
}

export interface CardsWanted {
  readonly hrefs: readonly string[]
  /** Those that the reader may read: only what somebody linked to there is told. */
  readonly forums: readonly number[]
  /** Ours: such as https://forum.example.org */
  readonly origin: string
}

/** The cards that are there, by the links as they stand in the text. */
export async function cardsFor(db: Db, { hrefs, forums, origin }: CardsWanted): Promise<Map<string, LinkCard>> {
  const asked = hrefs.flatMap(href => {
    const url = cardAddress(href, origin)
    return url ? [{ href, url }] : []
  })
  if (asked.length === 0) return new Map()
  const rows = await filledCards(db, { urls: asked.map(({ url }) => url), forums })
  const found = new Map(rows.map(row => [row.url, row]))
  return new Map(
    asked.flatMap(({ href, url }) => {
      const row = found.get(url)
      return row ? [[href, cardOf(href, url, row)] as const] : []
    }),
  )
}

function cardOf(href: string, url: string, row: CardRow): LinkCard {
  const { title, site, author, description, picture: src, picture_width: width, picture_height: height } = row
  const picture = src && width && height ? { src, width, height } : null
  const host = new URL(url).host.replace(/^www\./, '')
  return { href, host, title: title ?? host, site, author, description, picture }
}
