import { hasCode } from './code/paint.ts'
import { checkLength } from './limits.ts'
import { isLong } from './long.ts'
import { type Composed, type ComposeOptions, composeHere, type Draft } from './pipeline.ts'
import { inThread } from './thread/pool.ts'

/**
 * What was typed as it may be stored and shown. Throws Invalid with the reason at the field `body`; Unavailable when too
 * many long texts are waiting. Never call it in a transaction.
 */
export async function compose(draft: Draft, options: ComposeOptions): Promise<Composed> {
  checkLength(draft.body, options.maxLength)
  if (isLong(draft.body)) return inThread('compose', draft, options)
  const composed = composeHere(draft, options)
  return hasCode(composed.html) ? { ...composed, html: await inThread('paint', composed.html) } : composed
}
