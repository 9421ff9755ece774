import { attachmentsWanted, type Composed, compose, namesWanted, type Pictures } from '../../content/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { type AttachmentSlots, checkCount, keptFor, picturesFor } from '../attachments/index.ts'
import { loadViewer, readableForums, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { authorsOfPosts, namesOfMembers } from './queries/names.ts'
import { readableUses } from './readable-uses.ts'

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
  /** The post that this is an edit of: copies of pictures elsewhere that are kept for it go on being shown. */
  readonly postId?: number
  /** Whose pictures may be shown as well, where what is named is what a guest may know of. */
  readonly uploader?: Viewer
}

/**
 * What was typed as it will be kept, by the forum's own limits, with the names that members and authors have now. Throws
 * Invalid, and Unavailable when too many long texts wait. Never call it in a transaction.
 */
export async function composePost(db: Db, { body, format }: Typed, writing: ComposeFor = {}): Promise<Composed> {
  const rules = await settings(db)
  const composed = await compose(
    { body, format },
    {
      maxLength: rules.post_max_length,
      maxEmoji: rules.post_max_emoji,
      baseUrl: rules.base_url || undefined,
      names: { ...(await presentNames(db, body, writing)), pictures: await presentPictures(db, body, writing) },
    },
  )
  const writer = writing.uploader ?? writing.viewer
  if (writer) await checkCount(db, writer, composed.attachments)
  return composed
}

/** What the writer may see: somebody else's picture is not even told by its size. */
async function presentPictures(db: Db, body: string, { viewer, uploader, postId }: ComposeFor): Promise<Pictures> {
  const ids = attachmentsWanted(body)
  const writer = uploader ?? viewer ?? (ids.length > 0 ? await loadViewer(db, null, '') : null)
  const slots: AttachmentSlots = { readableUses: (reader, uses) => readableUses(db, reader, uses) }
  return {
    own: writer ? await picturesFor(db, slots, writer, ids) : {},
    kept: postId === undefined ? {} : await keptFor(db, postId),
  }
}

async function presentNames(db: Db, body: string, { viewer, quoted = [] }: ComposeFor) {
  const wanted = namesWanted(body)
  const reader = viewer ?? (await loadViewer(db, null, ''))
  return {
    members: await namesOfMembers(db, wanted.members),
    ...(await authorsOfPosts(db, wanted.posts, { forums: readableForums(reader), quoted })),
  }
}
