import { randomUUID } from 'node:crypto'
import { type Message, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { acceptedBy, sizeInWords, type UploadLimits, uploadLimits } from '../attachments/index.ts'
import { type ForumNode, type Prefix, type WayToPost, wayToReply, wayToStart } from '../forums/index.ts'
import { avatarOf, type Viewer } from '../members/index.ts'
import { whyNoPosting } from '../sanctions/index.ts'
import { canSendMail, settings, verificationOf } from '../settings/index.ts'
import { isClosedTo, type Topic, topicPath } from '../topics/index.ts'
import type { Place } from './places.ts'
import { wayToReplyTo } from './policy.ts'

/** A form as the view shows it: what was typed and what is wrong with it. */
export interface BoxForm {
  readonly typed: Readonly<Record<string, string | string[]>>
  readonly errors: Readonly<Record<string, Message>> | null
}

/** What was saved of a text while it was typed. */
export interface KeptText {
  readonly title: string | null
  /** What is to stand before the title. */
  readonly prefix: number | null
  readonly body: string
  readonly format: 'markdown' | 'html'
  readonly at: number
}

/** Everything that the part `posts/_reply-box` shows, and the form of a new topic. */
export interface WritingBox {
  readonly kind: 'reply' | 'topic'
  /** How this viewer may write here; null: not at all, and `closed` says why. */
  readonly way: WayToPost
  readonly closed: Message | null
  /** A guest whom signing in would help: the page to come back to. */
  readonly signInTo: string | null
  readonly action: string
  readonly place: Place
  readonly form: BoxForm
  /** What was saved here while it was typed; undefined: nobody has looked. */
  readonly kept?: KeptText | null
  /** The hidden number of a member's form. Guests' pages are shared and have none. */
  readonly submission: string | null
  /** Who writes, for the avatar; null: a guest. */
  readonly writer: { readonly name: string; readonly colour: number } | null
  /** A guest can have a link to what they write mailed to them. */
  readonly mailsLink: boolean
  readonly maxEmoji: number
  readonly longestTitle: number
  /** What may be uploaded here; null: nothing. */
  readonly uploads: BoxUploads | null
  /** What may be put before the title of a new topic. */
  readonly prefixes: readonly Prefix[]
  readonly prefixRequired: boolean
}

/** What the box says of files. */
export interface BoxUploads extends UploadLimits {
  /** For the field in which they are chosen. */
  readonly accept: string
  /** The most that a file may have, in words. */
  readonly most: Message
}

export const emptyBox: BoxForm = { typed: {}, errors: null }

/** The box under a topic, for this viewer, with what the form holds already. */
export async function replyBoxFor(
  db: Db,
  viewer: Viewer,
  forum: ForumNode,
  topic: Topic,
  form: BoxForm = emptyBox,
): Promise<WritingBox> {
  const way = wayToReplyTo(viewer, forum, topic)
  const closed = way ? null : ((await whyHeld(db, viewer)) ?? whyClosed(viewer, forum, topic))
  return {
    ...(await writing(db, viewer, form)),
    kind: 'reply',
    way,
    closed,
    signInTo: closed?.key === 'posts.closed_sign_in' ? `${topicPath(topic)}#reply` : null,
    action: `/topic/${topic.id}/reply`,
    place: `topic:${topic.id}`,
    prefixes: [],
    prefixRequired: false,
  }
}

/** The form of a new topic. */
export async function topicBoxFor(
  db: Db,
  viewer: Viewer,
  forum: ForumNode,
  form: BoxForm = emptyBox,
): Promise<WritingBox> {
  const way = wayToStart(viewer, forum)
  return {
    ...(await writing(db, viewer, form)),
    kind: 'topic',
    way,
    closed: way ? null : ((await whyHeld(db, viewer)) ?? msg('posts.closed_not_allowed')),
    signInTo: null,
    action: `/forum/${forum.id}/new-topic`,
    place: `forum:${forum.id}`,
    prefixes: forum.prefixes,
    prefixRequired: forum.prefixRequired,
  }
}

/** What this viewer may upload while they write. */
export async function uploadsFor(db: Db, viewer: Viewer): Promise<BoxUploads | null> {
  const limits = await uploadLimits(db, viewer)
  return limits && { ...limits, accept: acceptedBy(limits), most: sizeInWords(limits.fileBytes) }
}

async function writing(db: Db, viewer: Viewer, form: BoxForm) {
  const { member } = viewer
  const rules = await settings(db)
  const { submission } = form.typed
  return {
    form,
    submission: member ? (typeof submission === 'string' && submission ? submission : randomUUID()) : null,
    writer: member && { name: member.name, colour: avatarOf(member.name).colour },
    mailsLink: member === null && canSendMail(rules),
    maxEmoji: rules.post_max_emoji,
    longestTitle: rules.title_max_length,
    uploads: await uploadsFor(db, viewer),
  }
}

/** What moderators said comes first, and where an address has to be proven before anything else, that. */
async function whyHeld(db: Db, { member }: Viewer): Promise<Message | null> {
  const why = member && whyNoPosting(member.sanctions)
  if (why) return why
  const asksFirst = verificationOf(await settings(db)) === 'anything'
  return member?.held === 'unverified' && asksFirst ? msg('posts.closed_unverified') : null
}

function whyClosed(viewer: Viewer, forum: ForumNode, topic: Topic): Message {
  if (topic.deleted_at !== null) return msg('posts.closed_deleted')
  if (isClosedTo(viewer, topic)) return msg('posts.closed_locked')
  const guestsMay = wayToReply(viewer, forum) !== null
  return msg(viewer.member || guestsMay ? 'posts.closed_not_allowed' : 'posts.closed_sign_in')
}
