import type { LeavingDeps } from '../leaving/begin-leaving.ts'

/** What the pages of this feature need from the forum around them. */
export type PrivacyDeps = LeavingDeps
