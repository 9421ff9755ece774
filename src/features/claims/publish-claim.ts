import { Conflict, Forbidden, Gone, type Message, msg, NotFound, Refusal, SignInNeeded } from '../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { saveDraft } from '../drafts/index.ts'
import { lockForum } from '../forums/index.ts'
import { loadViewer, type Viewer } from '../members/index.ts'
import {
  composePost,
  lockTopic,
  type Post,
  postById,
  takeOverPost,
  withinFlood,
  writeReply,
  writeTopic,
} from '../posts/index.ts'
import { judgeWriting } from '../rules/index.ts'
import { settings } from '../settings/index.ts'
import { claimsOfBrowser } from './find-claim.ts'
import { type Claim, claimById, deleteClaims, noteOutcome, takeClaim } from './queries.ts'
import type { Written } from './repeats.ts'

/** What has to come first: phrase keys. */
const waysIn = { unverified: 'claims.confirm_first', waiting: 'claims.approved_first' } as const

/** The claim waits on, with its button, until the member's account is in order. */
export class ProveFirst extends Conflict {}

/** What became of a claim: a post, or a draft when its place is no longer what it was. */
export type Outcome = { readonly post: Post; readonly reason: null } | { readonly post: null; readonly reason: Message }

/**
 * Publishes a claim under the member's account: dated now, at once or waiting for approval as the account's own posts
 * would. A claim works once; pressed again by the same member it gives the same outcome. Throws Conflict when somebody
 * else was there first, NotFound when it was discarded, ProveFirst when something public would become theirs before
 * their address is proven, TooMany when the member has posted as much as one may in an hour,
 * Invalid for a text that this member could not post; the claim then waits on.
 */
export async function publishClaim(db: Db, viewer: Viewer, claim: Claim, secrets: readonly string[]): Promise<Outcome> {
  const { member } = viewer
  if (!member) throw new SignInNeeded()
  if (claim.taken_at !== null) return outcomeFor(db, claim, member.id)
  if (claim.kind === 'post' && member.held) throw new ProveFirst(msg(waysIn[member.held]))
  const writer = await writerFor(db, viewer, member.id)
  const siblings = claim.kind === 'post' ? [] : await identicalTo(db, claim, secrets)
  const publish = claim.kind === 'post' ? takingOver(claim, member.id) : await writing(db, writer, claim)
  const take = async (tx: Tx): Promise<Outcome | null> => {
    // Before the claim, as whoever moves its topic does, so that the two do not wait for each other.
    await (claim.topic_id === null ? lockForum(tx, claim.forum_id) : lockTopic(tx, claim.topic_id))
    const place = await takeClaim(tx, claim, member.id, Date.now())
    if (!place) return null
    const result = await publish(tx, place)
    if (result.post) await noteOutcome(tx, claim.id, result.post.id)
    await deleteClaims(tx, siblings)
    return result
  }
  const { outcome } = await withinFlood(db, writer, claim.forum_id, async () => {
    const outcome = await inTransaction(db, take)
    return { outcome, made: outcome?.post != null }
  })
  return outcome ?? publishClaim(db, viewer, await claimNow(db, claim), secrets)
}

/** Who may do nothing before their address is proven writes all the same: it waits for that. */
async function writerFor(db: Db, viewer: Viewer, memberId: number): Promise<Viewer> {
  const { member, address, opened } = viewer
  return member?.held ? loadViewer(db, memberId, address, { inOrder: true, opened }) : viewer
}

/** As it is after somebody took it, or changed what it says. */
async function claimNow(db: Db, { id }: Claim): Promise<Claim> {
  const claim = await claimById(db, id)
  if (!claim) throw new NotFound(msg('claims.none'))
  return claim
}

/** For whoever presses the button again. */
async function outcomeFor(db: Db, claim: Claim, memberId: number): Promise<Outcome> {
  if (claim.taken_by_id !== memberId) throw new Conflict(msg('claims.taken'))
  const post = claim.post_id === null ? undefined : await postById(db, claim.post_id)
  return post ? { post, reason: null } : { post: null, reason: msg('claims.is_draft') }
}

type Publish = (tx: Tx, place: Written) => Promise<Outcome>

function takingOver(claim: Claim, memberId: number): Publish {
  return async tx => ({ post: await takeOverPost(tx, claim.post_id ?? 0, memberId), reason: null })
}

/** Composes outside the transaction; inside, a place that is gone makes it a draft. */
async function writing(db: Db, viewer: Viewer, claim: Claim): Promise<Publish> {
  const composed = await composePost(db, claim, { uploader: viewer })
  const title = claim.topic_id === null ? claim.title : null
  const judged = await judgeWriting(db, viewer, { ...composed, forumId: claim.forum_id, title })
  const rules = await settings(db)
  const writer = { viewer, guestName: null, suspect: claim.suspect, rules: judged }
  const write = (tx: Tx, { forum_id, topic_id }: Written) =>
    topic_id === null
      ? writeTopic(tx, writer, forum_id, { title: claim.title ?? '', prefix: claim.prefix_id, composed }, rules)
      : writeReply(tx, writer, topic_id, composed, rules)
  return async (tx, place) => {
    try {
      return { post: await write(tx, place), reason: null }
    } catch (refused) {
      if (!isAboutPlace(refused)) throw refused
      return { post: null, reason: await toDraft(tx, viewer, { ...claim, ...place }, refused) }
    }
  }
}

function isAboutPlace(refused: unknown): refused is Refusal {
  return refused instanceof Refusal && [Conflict, Forbidden, Gone, NotFound].some(kind => refused instanceof kind)
}

async function toDraft(tx: Tx, viewer: Viewer, claim: Claim, refused: Refusal): Promise<Message> {
  const reason = refused.reason ?? msg('posts.lost_out_of_reach')
  await saveDraft(tx, {
    memberId: viewer.member?.id ?? 0,
    forumId: claim.forum_id,
    topicId: claim.topic_id,
    title: claim.title,
    prefix: claim.prefix_id,
    body: claim.body,
    format: claim.format,
    reason: reason.key,
  })
  return reason
}

async function identicalTo(db: Db, claim: Claim, secrets: readonly string[]): Promise<number[]> {
  const held = await claimsOfBrowser(db, secrets)
  return held.filter(one => one.id !== claim.id && one.fingerprint === claim.fingerprint).map(one => one.id)
}
