import type { ForumNode } from '../forums/index.ts'
import type { Topic } from '../topics/index.ts'

/** What a guest typed, checked as to its form. */
export interface GuestText {
  /** null: a reply. */
  readonly title: string | null
  /** What is to stand before the title. */
  readonly prefix?: number | null
  readonly body: string
  readonly format: 'markdown' | 'html'
}

export interface GuestPlace {
  readonly forum: ForumNode
  /** null: a new topic. */
  readonly topic: Topic | null
}

/** The browser that sends it: the secrets it holds already and its network address. */
export interface GuestBrowser {
  readonly secrets: readonly string[]
  readonly address: string
  /** Why a program may have sent it: a phrase key. */
  readonly suspect: string | null
  /** Where the guest wants the link; empty: nowhere. As typed. */
  readonly email: string
  /** The language that the guest reads in. */
  readonly locale: string
}
