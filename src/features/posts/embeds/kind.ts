import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { ViewPart } from '../reading/slots.ts'

/** Who looks at a page, and where they find this forum. */
export interface Onlooker {
  readonly viewer: Viewer
  /** Such as https://forum.example.org */
  readonly origin: string
}

/**
 * One way in which a link on a line of its own is more than a link: what it shows in place of each of these addresses, as
 * far as it knows them and this viewer may see what they lead to. Guests' pages are kept: whatever it reads has to be
 * covered by their revision (`revisionsOfCards`), or shown to members only.
 */
export type EmbedKind = (
  db: Db,
  onlooker: Onlooker,
  hrefs: readonly string[],
) => ReadonlyMap<string, ViewPart> | Promise<ReadonlyMap<string, ViewPart>>
