import type { Carried } from '../../posts/index.ts'

declare module 'express-session' {
  interface SessionData {
    /** What the member might do when the session was given its id. */
    rights: string
    /** What they wrote before they were asked to sign in. */
    carried: Carried & { readonly at: number }
  }
}
