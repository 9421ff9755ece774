import { convert } from '../../content/index.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'

export interface Typed {
  readonly body: string
  readonly format: 'markdown' | 'html'
}

/** Who writes and switches to and fro by hand stays far below it. A text costs a point, and one more for each part. */
const patience = { points: 240, seconds: 60 }
/** Characters: markup made to cost time takes some twenty milliseconds for so much of it. */
const perPoint = 2 * 1024
/** Points: what is far too long is refused before it costs anything. */
const mostFor = 60

/**
 * What is asked for by the editor's switch (`convert`), and what is on its way to be kept (`taken`), which goes on as it
 * is when it cannot be converted: so neither keeps the other from being done.
 */
export type Cause = 'convert' | 'taken'

/**
 * The text in the other format. Throws TooMany when somebody asks too often, else as `convert` of content. `by`: who asks,
 * for counting.
 */
export async function convertFor(db: Db, cause: Cause, by: string, typed: Typed): Promise<Typed> {
  const cost = Math.min(mostFor, 1 + Math.floor(typed.body.length / perPoint))
  await limits(db).spend(cause, by, patience, cost)
  const rules = await settings(db)
  return convert(typed, { maxLength: rules.post_max_length, baseUrl: rules.base_url || undefined })
}
