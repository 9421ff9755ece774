import type { Places } from '../ground/places.ts'
import type { Target } from '../load.ts'

/** What a figure must be for the forum to be as fast as it shall be. */
export type ToReach = {
  /** Requests per second, 1 being those of bare Express. */
  readonly share?: number
  /** Milliseconds. */
  readonly p99?: number
}

/** One thing that people do, over and over. */
export type Case = {
  readonly name: string
  /** The page whose uncompressed bytes bare Express answers: the one asked for, or the one whose form is sent. */
  readonly page: string
  readonly cookie?: string
  readonly target: Target
  /** What it is compared with, too, by turns. */
  readonly beside?: Target
  /** Whether all of it happens in the forum's main thread, as fast as somebody asks. */
  readonly isLight?: boolean
  /** Done before it is loaded. */
  prepare?(): Promise<void>
  readonly toReach?: ToReach
}

/** What cases are made of. */
export type Scene = {
  /** The forum's process. */
  readonly url: string
  readonly places: Places
  /** Of members who are signed in. */
  readonly cookies: readonly string[]
}

export const connections = 10
/** Of forms: so many people press a button at the same time. */
export const pressing = 8
