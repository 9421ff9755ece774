import { excerpt } from '../../content/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { type Desk, type Letters, sendMail, type WriteLetter } from '../mail/index.ts'
import { loadViewer, memberById, type Viewer } from '../members/index.ts'
import { findPost, type PostPublished } from '../posts/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import { topicReadUpTo } from '../topics/index.ts'
import { shownWords } from '../words/index.ts'
import { followOf, forgetMailed, insertStopSecret, takeFollowersToTell } from './queries.ts'

const day = 24 * 60 * 60 * 1000
const stopLastsMs = 90 * day
const excerptLength = 300

type About = { readonly memberId: number; readonly topicId: number; readonly postId: number }

/** Answers new posts: one mail to each follower until their next visit. */
export async function tellFollowers(tx: Tx, published: readonly PostPublished[]): Promise<void> {
  if (!canSendMail(await settings(tx))) return
  for (const event of published) {
    for (const follower of await takeFollowersToTell(tx, event)) {
      await sendMail(tx, 'follows.reply', { ...follower, postId: event.postId })
    }
  }
}

/** Says who answered, as far as the reader may see it by now; what they cannot see does not stand for the next reply. */
const reply: WriteLetter = async ({ memberId, topicId, postId }: About, desk) => {
  const viewer = await loadViewer(desk.db, memberId, '')
  const found = await seen(desk.db, viewer, postId)
  if (!viewer.member || !found) {
    await forgetMailed(desk.db, memberId, topicId)
    return null
  }
  const { topic, post } = found
  if (!(await followOf(desk.db, memberId, topic.id))) return null
  const { held, email, sanctions } = viewer.member
  const mayMail = held !== 'unverified' && email !== '' && sanctions.ban === null
  const hasRead = (await topicReadUpTo(desk.db, viewer.member, topic)) >= post.created_at
  if (!mayMail || hasRead) {
    await forgetMailed(desk.db, memberId, topic.id)
    return null
  }
  const t = desk.t(viewer.locale)
  const words = await shownWords(desk.db)
  const title = words.line(topic.title)
  const who = post.guest_name ?? (post.member_id ? (await memberById(desk.db, post.member_id))?.name : undefined) ?? ''
  return {
    to: viewer.member.email,
    locale: viewer.locale,
    subject: t('follows.mail_subject', { title }),
    blocks: [
      { kind: 'paragraph', text: t('follows.mail_text', { name: who, title }) },
      { kind: 'paragraph', text: words.line(excerpt(post.text, excerptLength)) },
      { kind: 'button', text: t('follows.mail_button'), href: desk.link(`/post/${post.id}`) },
      { kind: 'note', text: t('follows.mail_note') },
    ],
    unsubscribePath: await stopPath(desk, memberId, topic.id),
  }
}

async function seen(db: Db, viewer: Viewer, postId: number) {
  try {
    return await findPost(db, viewer, postId)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

async function stopPath({ db }: Desk, memberId: number, topicId: number): Promise<string> {
  const secret = newSecret()
  await insertStopSecret(db, { hash: hashSecret(secret), memberId, topicId, until: Date.now() + stopLastsMs })
  return `/unsubscribe/replies/${secret}`
}

export const followsLetters: Letters = { 'follows.reply': reply }
