import { excerpt } from '../../../content/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Desk } from '../../mail/index.ts'
import { isStaffIn, loadViewer, type Viewer } from '../../members/index.ts'
import { findPost } from '../../posts/index.ts'
import { hitById } from '../../rules/index.ts'

/** The kind of the mail that tells moderators what a rule speaks of. */
export const ruleLetter = 'moderation.rule'

const excerptLength = 300

/** What a rule speaks of, as far as the moderator may see it by now. */
export async function ruled({ hitId, memberId }: { readonly hitId: number; readonly memberId: number }, desk: Desk) {
  const [hit, viewer] = [await hitById(desk.db, hitId), await loadViewer(desk.db, memberId, '')]
  const { member } = viewer
  if (!hit || !member || member.held === 'unverified' || member.email === '') return null
  const found = await seen(desk.db, viewer, hit.post_id)
  if (!found || !isStaffIn(viewer, found.topic.forum_id)) return null
  const t = desk.t(viewer.locale)
  const args = { rule: hit.name, title: found.topic.title }
  return {
    to: member.email,
    locale: viewer.locale,
    subject: t('rules.mail_subject', args),
    blocks: [
      { kind: 'paragraph' as const, text: t('rules.mail_text', args) },
      { kind: 'paragraph' as const, text: excerpt(found.post.text, excerptLength) },
      { kind: 'button' as const, text: t('rules.mail_button'), href: desk.link(`/post/${found.post.id}`) },
      { kind: 'note' as const, text: t('rules.mail_note') },
    ],
  }
}

async function seen(db: Db, viewer: Viewer, postId: number) {
  try {
    return await findPost(db, viewer, postId)
  } catch (refused) {
    if (refused instanceof Refusal) return null
    throw refused
  }
}
