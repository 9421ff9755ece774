import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** A page of the community's own text, or the one by which people write to the administrators. */
export interface PagesTable {
  name: 'terms' | 'privacy' | 'guidelines' | 'contact'
  /** Its newest version; 0 for a page without a text. */
  version: number
  /** Since when it is switched off: not linked, and not there. */
  off_at: Time | null
}

/** Everything such a page ever said. */
export interface PageVersionsTable {
  name: PagesTable['name']
  /** 1 is the text that a forum comes with. */
  version: number
  /** As typed, in Markdown. */
  body: string
  html: string
  /** Whoever has not accepted this version, or a later one, is asked to. */
  asks: Flag
  created_at: Time
  member_id: number | null
}

/** What people wrote to the administrators. */
export interface ContactMessagesTable {
  id: Generated<number>
  name: string
  email: string
  subject: string
  text: string
  member_id: number | null
  address: string | null
  created_at: Time
  /** It looks like the work of a machine. */
  suspect_at: Time | null
  handled_at: Time | null
  handled_by_id: number | null
}
