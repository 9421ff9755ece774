import { Refusal } from '../../platform/errors.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import type { Db } from '../../platform/store/index.ts'
import type { WriteLetter } from '../mail/index.ts'
import { loadViewer, type Viewer } from '../members/index.ts'
import { findPost } from '../posts/index.ts'
import { shownWords } from '../words/index.ts'
import { insertStopSecret, settledReport, wantsMail } from './queries/own.ts'
import { ownReportsPath } from './settle-case.ts'

const day = 24 * 60 * 60 * 1000
const stopLastsMs = 90 * day

/** Says what came of a report, as long as that stands; names the topic as far as the reader may see it by now. */
export const settled: WriteLetter = async ({ reportId }: { readonly reportId: number }, desk) => {
  const report = await settledReport(desk.db, reportId)
  if (!report?.member_id || !report.outcome) return null
  const { member, locale } = await loadViewer(desk.db, report.member_id, '')
  if (!member || member.held === 'unverified' || member.email === '') return null
  if (!(await wantsMail(desk.db, member.id))) return null
  const t = desk.t(locale)
  const title = await titleOf(desk.db, await loadViewer(desk.db, member.id, ''), report.post_id)
  const about = title === null ? t('reports.mail_about') : t('reports.mail_about_title', { title })
  const { outcome, word } = report
  const words = word === null ? [] : [t('reports.mail_word'), ...word.split(/\n\s*\n/)]
  return {
    to: member.email,
    locale,
    subject: t('reports.mail_subject', { forum: desk.forumName }),
    blocks: [
      ...[about, t(`reports.came_${outcome}`), ...words].map(text => ({ kind: 'paragraph' as const, text })),
      { kind: 'button', text: t('reports.own_title'), href: desk.link(ownReportsPath) },
      { kind: 'note', text: t('reports.mail_note') },
    ],
    unsubscribePath: await stopPath(desk.db, member.id),
  }
}

/** Of the topic in which the post is, as readers see it; null when this viewer does not see it any more. */
export async function titleOf(db: Db, viewer: Viewer, postId: number): Promise<string | null> {
  try {
    const { topic } = await findPost(db, viewer, postId)
    return (await shownWords(db)).line(topic.title)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

async function stopPath(db: Db, memberId: number): Promise<string> {
  const secret = newSecret()
  await insertStopSecret(db, hashSecret(secret), memberId, Date.now() + stopLastsMs)
  return `/unsubscribe/reports/${secret}`
}
