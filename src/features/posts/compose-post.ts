import { type Composed, compose } from '../../content/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'

/** A text as it was typed. */
export interface Typed {
  readonly body: string
  readonly format: 'markdown' | 'html'
}

/** What was typed as it will be kept, by the forum's own limits. Throws Invalid. */
export async function composePost(db: Db, { body, format }: Typed): Promise<Composed> {
  const rules = await settings(db)
  return compose(
    { body, format },
    { maxLength: rules.post_max_length, maxEmoji: rules.post_max_emoji, baseUrl: rules.base_url || undefined },
  )
}
