import { checkLength } from './limits.ts'
import { type Composed, type ComposeOptions, composeHere, type Draft } from './pipeline.ts'
import { composeInThread } from './thread/pool.ts'

/** From here on a text takes long enough to keep others waiting. */
const longSource = 8 * 1024

/**
 * What was typed as it may be stored and shown. Throws Invalid with the reason at the field `body`; Unavailable when too
 * many long texts are waiting. Never call it in a transaction.
 */
export async function compose(draft: Draft, options: ComposeOptions): Promise<Composed> {
  checkLength(draft.body, options.maxLength)
  return draft.body.length < longSource ? composeHere(draft, options) : composeInThread({ draft, options })
}
