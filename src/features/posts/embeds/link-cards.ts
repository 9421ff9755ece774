import type { Db } from '../../../platform/store/index.ts'
import { cardAddress, cardsFor } from '../../cards/index.ts'
import { readableForums } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import type { EmbedKind } from './kind.ts'

/** Cards for pages elsewhere. When one appears or changes, the topics that show it turn stale (`features/cards`). */
export const linkCards: EmbedKind = async (db, { viewer, origin }, hrefs) => {
  if (hrefs.length === 0 || !(await settings(db)).link_cards) return new Map()
  const found = await cardsFor(db, { hrefs, origin, forums: readableForums(viewer) })
  return new Map([...found].map(([href, card]) => [href, { view: 'embeds/link-card', data: { card } }] as const))
}

/** Whether there may be a card for it one day: it is said of every page elsewhere, whatever we know of that page. */
export async function mayBecomeCard(db: Db, href: string, origin: string): Promise<boolean> {
  return (await settings(db)).link_cards && cardAddress(href, origin) !== null
}
