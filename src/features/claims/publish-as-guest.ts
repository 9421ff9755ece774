import { Invalid, type Message, msg } from '../../platform/errors.ts'
import { addressKey } from '../../platform/limits/index.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import { type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { nameFault, nameKey, takenBy, tidyName, type Viewer } from '../members/index.ts'
import { composePost, type Post, postById, writeReply, writeTopic } from '../posts/index.ts'
import { judgeWriting } from '../rules/index.ts'
import { settings } from '../settings/index.ts'
import { demandRoom } from './demand-room.ts'
import type { GuestBrowser, GuestPlace, GuestText } from './guest-text.ts'
import { mailColumns } from './mail/mail-columns.ts'
import { mailLater, mailLink } from './mail/mail-link.ts'
import { type Claim, insertClaim, postIdFrom } from './queries.ts'
import { fingerprintOf, sentBefore } from './repeats.ts'

const day = 24 * 60 * 60 * 1000

/** A form that is sent more than once before its first answer arrives is sent again within this time. */
const atOnceMs = 60 * 1000

export interface PublishedByGuest {
  readonly post: Post
  /**
   * With its secret the same browser can take the post over when its owner registers. null: the same form was sent at the
   * same moment from the same address, and the answer to that has it. Somebody else may write from there too.
   */
  readonly held: { readonly claim: Claim; readonly secret: string } | null
}

export interface NamedText extends GuestText {
  /** Under which it appears. */
  readonly name: string
}

/**
 * Publishes a guest's text under a name, where the forum allows that; it waits for approval unless guests may publish at
 * once. The same form sent again makes no other. Throws Invalid (`guest_name`) for a name that is a member's, TooMany for an address with too many of them today,
 * and what `writeReply` throws.
 */
export async function publishAsGuest(
  db: Db,
  viewer: Viewer,
  browser: GuestBrowser,
  { forum, topic }: GuestPlace,
  text: NamedText,
): Promise<PublishedByGuest> {
  const name = tidyName(text.name)
  const fault = await guestNameFault(db, name)
  if (fault) throw new Invalid({ guest_name: fault })
  const fingerprint = fingerprintOf({ forum_id: forum.id, topic_id: topic?.id ?? null }, text, name)
  const sent = await postSentBefore(db, browser, fingerprint)
  if (sent) return sent
  const composed = await composePost(db, text)
  const rules = await settings(db)
  const judged = await judgeWriting(db, viewer, { ...composed, forumId: forum.id, title: topic ? null : text.title })
  const writer = { viewer, guestName: name, suspect: browser.suspect, rules: judged }
  const address = addressKey(viewer.address)
  const mail = await mailColumns(db, browser.email, browser.address)
  const secret = newSecret()
  return inTransaction(db, async tx => {
    await demandRoom(tx, address, 'post', rules.claims_per_address)
    const twin = await postFromAddress(tx, { address, fingerprint, since: Date.now() - atOnceMs })
    if (twin) return { post: twin, held: null }
    const post = topic
      ? await writeReply(tx, writer, topic.id, composed, rules)
      : await writeTopic(
          tx,
          writer,
          forum.id,
          { title: text.title ?? '', prefix: text.prefix ?? null, composed },
          rules,
        )
    const row = { ...takeOverRow(post, forum.id, rules.claim_days), ...mail, fingerprint, address }
    const claim = await insertClaim(tx, row, hashSecret(secret))
    await mailLink(tx, claim, browser.locale)
    return { post, held: { claim, secret } }
  })
}

async function guestNameFault(db: Db, name: string): Promise<Message | null> {
  if (name === '') return msg('claims.name_missing')
  const fault = nameFault(name)
  if (fault) return fault
  const { forum_name } = await settings(db)
  if (nameKey(name) === nameKey(forum_name)) return msg('members.name_reserved')
  return (await takenBy(db, name, '')).name ? msg('claims.name_taken') : null
}

async function postFromAddress(
  tx: Tx,
  sent: { readonly address: string; readonly fingerprint: string; readonly since: number },
): Promise<Post | undefined> {
  const id = await postIdFrom(tx, sent)
  return id === undefined ? undefined : postById(tx, id)
}

async function postSentBefore(db: Db, browser: GuestBrowser, fingerprint: string): Promise<PublishedByGuest | null> {
  const claim = await sentBefore(db, browser.secrets, fingerprint)
  const post = claim?.post_id ? await postById(db, claim.post_id) : undefined
  if (!claim || !post) return null
  return { post, held: { claim: await mailLater(db, claim, browser), secret: claim.secret } }
}

/** The post has its text; the claim only opens the way to it. */
function takeOverRow(post: Post, forumId: number, days: number) {
  return {
    kind: 'post' as const,
    forum_id: forumId,
    topic_id: post.topic_id,
    post_id: post.id,
    title: null,
    body: '',
    format: 'markdown' as const,
    html: '',
    text: '',
    created_at: post.created_at,
    expires_at: post.created_at + days * day,
  }
}
