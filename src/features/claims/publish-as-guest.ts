import { Invalid, type Message, msg } from '../../platform/errors.ts'
import { addressKey } from '../../platform/limits/index.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { nameFault, takenBy, tidyName, type Viewer } from '../members/index.ts'
import { composePost, type Post, postById, writeReply, writeTopic } from '../posts/index.ts'
import { settings } from '../settings/index.ts'
import type { GuestPlace, GuestText } from './guest-text.ts'
import { insertClaim } from './queries.ts'
import { fingerprintOf, sentBefore } from './repeats.ts'

const day = 24 * 60 * 60 * 1000

export interface PublishedByGuest {
  readonly post: Post
  /** With it the same browser can take the post over when its owner registers. */
  readonly secret: string
}

/**
 * Publishes a guest's text under a name, where the forum allows that; it waits for approval unless guests may publish at
 * once. Throws Invalid (`guest_name`) for a name that is a member's, and what `writeReply` throws.
 */
export async function publishAsGuest(
  db: Db,
  viewer: Viewer,
  secrets: readonly string[],
  place: GuestPlace,
  text: GuestText & { readonly name: string },
): Promise<PublishedByGuest> {
  const name = tidyName(text.name)
  const fault = await guestNameFault(db, name)
  if (fault) throw new Invalid({ guest_name: fault })
  const fingerprint = fingerprintOf(place, text, name)
  const known = await sentBefore(db, secrets, fingerprint)
  const knownPost = known?.post_id ? await postById(db, known.post_id) : undefined
  if (known && knownPost) return { post: knownPost, secret: known.secret }
  const composed = await composePost(db, text)
  const rules = await settings(db)
  const writer = { viewer, guestName: name }
  const secret = newSecret()
  const post = await inTransaction(db, async tx => {
    const written = place.topic
      ? await writeReply(tx, writer, place.topic.id, composed, rules)
      : await writeTopic(tx, writer, place.forum.id, { title: text.title ?? '', composed }, rules)
    await insertClaim(
      tx,
      takeOverClaim(place, written, { fingerprint, address: viewer.address }, rules.claim_days),
      hashSecret(secret),
    )
    return written
  })
  return { post, secret }
}

async function guestNameFault(db: Db, name: string): Promise<Message | null> {
  const fault = nameFault(name)
  if (fault) return fault
  return (await takenBy(db, name, '')).name ? msg('claims.name_taken') : null
}

/** The post has its text; the claim only opens the way to it. */
function takeOverClaim(
  { forum, topic }: GuestPlace,
  post: Post,
  by: { fingerprint: string; address: string },
  days: number,
) {
  return {
    kind: 'post' as const,
    forum_id: forum.id,
    topic_id: topic?.id ?? post.topic_id,
    post_id: post.id,
    title: null,
    body: '',
    format: 'markdown' as const,
    html: '',
    text: '',
    fingerprint: by.fingerprint,
    address: addressKey(by.address),
    created_at: post.created_at,
    expires_at: post.created_at + days * day,
  }
}
