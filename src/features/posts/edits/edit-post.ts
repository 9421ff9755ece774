import { attachmentsShownBy, type Composed, quotesIn } from '../../../content/index.ts'
import { Conflict, Forbidden, msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { noteAttachments } from '../../attachments/index.ts'
import { isOwn, type Viewer } from '../../members/index.ts'
import { judgeWriting, type Rule, recordMatches } from '../../rules/index.ts'
import { settings } from '../../settings/index.ts'
import { type Topic, topicById } from '../../topics/index.ts'
import { composePost, type Typed } from '../compose-post.ts'
import { withinFlood } from '../flood.ts'
import { gainsLink } from '../links.ts'
import { canEdit } from '../policy.ts'
import type { Alongside } from '../post-reply.ts'
import { deleteProposedEdit, newestVersion, putProposedEdit, standingOf } from '../queries/edits.ts'
import { type Post, postById } from '../queries/posts.ts'
import { lockTopic } from '../queries/states.ts'
import { refuseLinks } from '../refusals.ts'
import { changePrefix } from './change-prefix.ts'
import { reasonToPropose } from './reason-to-propose.ts'
import { type NewText, type Replacing, replaceText, textOf } from './replace-text.ts'
import { isAsOffered } from './same-text.ts'

export interface EditDraft extends Typed {
  /** Of an opening post: the topic's title. */
  readonly title?: string
  /** What is to stand before it, if its author wants that changed; a choice among the forum's own, which waits for nobody. */
  readonly prefix?: number | null | undefined
  readonly reason: string | null
  /** The newest version when the form was opened, 0 for none: whoever wrote meanwhile is not overwritten unseen. */
  readonly base: number
}

/** `proposed`: the edit waits for approval and the approved text stays. `unchanged`: nothing was to be done. */
export interface Edited {
  readonly post: Post
  /** Something was written. */
  readonly made: boolean
  readonly outcome: 'saved' | 'unchanged' | 'proposed'
}

/** Someone else changed the post since the form was opened. */
export class EditedMeanwhile extends Conflict {
  constructor() {
    super(msg('posts.edited_meanwhile'))
  }
}

/**
 * Changes what a post says, and of an opening post the title, and keeps what it said before. Throws Invalid, Forbidden,
 * NotFound, TooMany, or EditedMeanwhile.
 */
export async function editPost(
  db: Db,
  viewer: Viewer,
  post: Post,
  draft: EditDraft,
  alongside?: Alongside,
): Promise<Edited> {
  if (!viewer.member) throw new SignInNeeded()
  const by = { memberId: viewer.member.id, reason: draft.reason, at: Date.now() }
  const composed = await composePost(db, draft, { viewer, quoted: quotesIn(post.html), postId: post.id })
  const unchanged = [composed.html, ...((await isAsOffered(post.html, draft)) ? [post.html] : [])]
  const rules = await settings(db)
  const topic = await topicById(db, post.topic_id)
  const forumId = topic?.forum_id ?? 0
  const judged = topic && isOwn(viewer, post) ? await judgeEdit(db, viewer, { topic, post }, draft, composed) : []
  const saveIt = async (tx: Tx): Promise<Edited> => {
    const place = await openForEdit(tx, viewer, post, by.at)
    await alongside?.(tx)
    const text = newText(place, draft, composed)
    const now = textOf(place.topic, place.post)
    const made = await changePrefix(tx, viewer, place, draft.prefix)
    if (now.title === text.title && unchanged.includes(now.html)) return leaveAsIs(tx, viewer, place.post, made)
    refuseLinks(viewer, gainsLink(now, text, rules.base_url || undefined))
    await refuseOverwriting(tx, post.id, draft.base)
    const reason = reasonToPropose(viewer, place, text, rules, judged)
    // What waits is not there yet to be hidden or reported.
    const speaking = judged.filter(rule => reason === null || rule.action === 'hold')
    await recordMatches(tx, post.id, speaking, { edit: reason !== null, held: true })
    return reason === null ? save(tx, viewer, place, text, by) : propose(tx, place.post, text, by, reason)
  }
  return withinFlood(db, viewer, forumId, () => inTransaction(db, saveIt), 'edits')
}

/** The forum's rules that speak of what the edit would say, and did not of what the post says. */
async function judgeEdit(
  db: Db,
  viewer: Viewer,
  place: Place,
  draft: EditDraft,
  composed: Composed,
): Promise<readonly Rule[]> {
  const before = textOf(place.topic, place.post)
  return judgeWriting(db, viewer, { ...newText(place, draft, composed), forumId: place.topic.forum_id }, before)
}

interface Place {
  readonly topic: Topic
  readonly post: Post
}

/** The post as it is now, on its locked topic, if this viewer may still change it. */
async function openForEdit(tx: Tx, viewer: Viewer, { id, topic_id }: Post, now: number): Promise<Place> {
  const topic = await lockTopic(tx, topic_id)
  const post = await postById(tx, id)
  if (!topic || post?.topic_id !== topic.id) throw new NotFound()
  if (canEdit(viewer, topic, post, await standingOf(tx, post.member_id), now)) return { topic, post }
  throw new Forbidden(msg('posts.edit_not_allowed'))
}

function newText({ topic, post }: Place, draft: EditDraft, composed: Composed): NewText {
  const { title } = textOf(topic, post)
  const { html, text, version, quotes } = composed
  return { title: title === null ? null : (draft.title ?? title), html, text, version, quotes }
}

async function refuseOverwriting(tx: Tx, postId: number, base: number): Promise<void> {
  const newest = await newestVersion(tx, postId)
  if ((newest?.id ?? 0) !== base) throw new EditedMeanwhile()
}

async function leaveAsIs(tx: Tx, viewer: Viewer, post: Post, made: boolean): Promise<Edited> {
  if (isOwn(viewer, post)) await deleteProposedEdit(tx, post.id)
  return { post, made, outcome: 'unchanged' }
}

async function save(tx: Tx, viewer: Viewer, { topic, post }: Place, text: NewText, by: Replacing): Promise<Edited> {
  if (isOwn(viewer, post)) await deleteProposedEdit(tx, post.id)
  return { post: await replaceText(tx, topic, post, text, by), made: true, outcome: 'saved' }
}

async function propose(tx: Tx, post: Post, text: NewText, by: Replacing, pendingReason: string): Promise<Edited> {
  const { title, html, version } = text
  await putProposedEdit(tx, {
    post_id: post.id,
    member_id: by.memberId,
    title,
    html,
    text: text.text,
    content_version: version,
    reason: by.reason,
    proposed_at: by.at,
    pending_reason: pendingReason,
  })
  await noteAttachments(tx, { postId: post.id, ids: attachmentsShownBy(html), by: by.memberId })
  return { post, made: true, outcome: 'proposed' }
}
