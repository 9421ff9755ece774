import type { T } from '../../platform/locale/index.ts'
import type { Db } from '../../platform/store/index.ts'

/** A part of a letter, in the reader's language; texts are plain, never HTML. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** The one thing to press, an address of ours; in the plain part it stands on a line of its own. */
  | { readonly kind: 'button'; readonly text: string; readonly href: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  /** Small print, at the end. */
  | { readonly kind: 'note'; readonly text: string }

/** What a mail says, to whom. */
export interface Letter {
  /** The address. */
  readonly to: string
  readonly locale: string | null
  readonly subject: string
  readonly blocks: readonly Block[]
  /** The address to which an answer goes; absent: nobody reads one. */
  readonly replyTo?: string
  /**
   * Where one click stops mails of this kind (RFC 8058): a path of ours that answers POST with an empty body and no
   * cookie. Absent: it is about the account itself.
   */
  readonly unsubscribePath?: string
  /** What the reader may have stopped: `claims` for what guests ask to be mailed, else `all`. */
  readonly scope?: 'claims'
}

/** What a letter is written with. */
export interface Desk {
  readonly db: Db
  readonly forumName: string
  /** The language of this reader; null: the forum's. */
  t(locale: string | null): T
  /** The public address of a path of ours; never made from a request. */
  link(path: string): string
  /** Epoch milliseconds as this reader writes them, with the zone. */
  time(at: number, reader: { readonly locale: string | null; readonly timeZone: string | null }): string
}

/**
 * Writes the letter for what was enqueued; null when there is nothing to say any more. Secrets are made here, by
 * `keepSecret`-like calls of the feature, so that none ever stands in a job. It runs again when sending failed.
 */
export type WriteLetter = (payload: never, desk: Desk) => Promise<Letter | null>

/** By kind, such as `accounts.reset`. */
export type Letters = Readonly<Record<string, WriteLetter>>
