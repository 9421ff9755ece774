import type { Generated } from 'kysely'
import type { Time } from './basics.ts'

/** What a page elsewhere says of itself. One row for each address, whoever links there. */
export interface LinkCardsTable {
  id: Generated<number>
  url: string
  /** null: it has not been fetched, or says nothing; then a link is a link. */
  title: string | null
  site: string | null
  author: string | null
  description: string | null
  /** Where we serve it, such as /files/HASH.webp */
  picture: string | null
  picture_width: number | null
  picture_height: number | null
  created_at: Time
  /** When it was last fetched with success. */
  fetched_at: Time | null
  /** When it is to be fetched next; null: never again. */
  due_at: Time | null
  /** How often in a row it could not be fetched. */
  failures: Generated<number>
}

/** The posts in which such a link stands alone. */
export interface LinkCardUsesTable {
  card_id: number
  post_id: number
}
