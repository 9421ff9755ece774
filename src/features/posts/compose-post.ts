import { type Composed, compose, namesWanted } from '../../content/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { loadViewer, readableForums, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { authorsOfPosts, namesOfMembers } from './queries/names.ts'

/** A text as it was typed. */
export interface Typed {
  readonly body: string
  readonly format: 'markdown' | 'html'
}

export interface ComposeFor {
  /** Whoever writes; a guest unless told. Quotes and mentions name only whom this viewer may know of. */
  readonly viewer?: Viewer
  /** Posts that the text quoted before this edit: they stay quoted, whatever became of them. */
  readonly quoted?: readonly number[]
}

/**
 * What was typed as it will be kept, by the forum's own limits, with the names that members and authors have now. Throws
 * Invalid, and Unavailable when too many long texts wait. Never call it in a transaction.
 */
export async function composePost(db: Db, { body, format }: Typed, writing: ComposeFor = {}): Promise<Composed> {
  const rules = await settings(db)
  return compose(
    { body, format },
    {
      maxLength: rules.post_max_length,
      maxEmoji: rules.post_max_emoji,
      baseUrl: rules.base_url || undefined,
      names: await presentNames(db, body, writing),
    },
  )
}

async function presentNames(db: Db, body: string, { viewer, quoted = [] }: ComposeFor) {
  const wanted = namesWanted(body)
  const reader = viewer ?? (await loadViewer(db, null, ''))
  return {
    members: await namesOfMembers(db, wanted.members),
    ...(await authorsOfPosts(db, wanted.posts, { forums: readableForums(reader), quoted })),
  }
}
