import type { Schedule } from '../../platform/jobs/index.ts'
import { hashSecret, newSecret } from '../../platform/secret.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { sendMail, type WriteLetter } from '../mail/index.ts'
import { loadViewer, type Viewer } from '../members/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import { sightOf } from './discuss.ts'
import { titleOf } from './letters.ts'
import { moderatorsToMail, newestReport, noteMailed, wantsAlerts, writeAlerts } from './queries/alerts.ts'
import { newCases } from './queries/cases.ts'
import { alertStops, insertStopSecret } from './queries/own.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const mostMailed = 200
const mostNamed = 10
const stopLastsMs = 90 * day

/**
 * Mails moderators that something new was reported in their forums: whatever came since their last such mail in one, and
 * no two within an hour. What is older than a day is no news.
 */
export async function mailModerators(db: Db, now = Date.now()): Promise<void> {
  const newest = await newestReport(db)
  if (newest <= now - day || !canSendMail(await settings(db))) return
  for (const { id, mailed_at } of await moderatorsToMail(db, now - hour, mostMailed)) {
    const since = Math.max(mailed_at ?? 0, now - day)
    if (newest <= since) continue
    const viewer = await loadViewer(db, id, '')
    if ((await newCases(db, sightOf(viewer), since, 1)).length === 0) continue
    await inTransaction(db, async tx => {
      if (await noteMailed(tx, id, now - hour, now)) await sendMail(tx, 'reports.waiting', { memberId: id, since })
    })
  }
}

type About = { readonly memberId: number; readonly since: number }

/** Names the topics, as far as they are still to be seen and nobody has settled it meanwhile. */
export const waiting: WriteLetter = async ({ memberId, since }: About, desk) => {
  const viewer = await loadViewer(desk.db, memberId, '')
  const { member, locale } = viewer
  if (!member || member.held === 'unverified' || member.email === '' || member.sanctions.ban !== null) return null
  const cases = await newCases(desk.db, sightOf(viewer), since, 100)
  if (cases.length === 0 || !(await wantsAlerts(desk.db, memberId))) return null
  const t = desk.t(locale)
  const titles = await titlesOf(desk.db, viewer, cases)
  return {
    to: member.email,
    locale,
    subject: t('reports.alert_subject', { forum: desk.forumName }),
    blocks: [
      { kind: 'paragraph', text: t('reports.alert_text') },
      ...titles.map(text => ({ kind: 'paragraph' as const, text: `• ${text}` })),
      { kind: 'button', text: t('reports.alert_button'), href: desk.link('/modcp/reports/') },
      { kind: 'note', text: t('reports.alert_note') },
    ],
    unsubscribePath: await stopPath(desk.db, memberId),
  }
}

async function titlesOf(db: Db, viewer: Viewer, cases: readonly { readonly post_id: number }[]): Promise<string[]> {
  const titles = new Set<string>()
  for (const { post_id } of cases.slice(0, mostNamed)) {
    const title = await titleOf(db, viewer, post_id)
    if (title !== null) titles.add(title)
  }
  return [...titles]
}

async function stopPath(db: Db, memberId: number): Promise<string> {
  const secret = newSecret()
  await insertStopSecret(db, hashSecret(secret), memberId, Date.now() + stopLastsMs, alertStops)
  return `/unsubscribe/alerts/${secret}`
}

/** Whether a moderator is mailed about new reports. */
export async function chooseAlerts(db: Db, memberId: number, wanted: boolean): Promise<void> {
  await inTransaction(db, tx => writeAlerts(tx, memberId, wanted))
}

export const reportsJobs = {
  'reports.mail-moderators': (_given: unknown, { db }: { db: Db }) => mailModerators(db),
}

/** Some minutes gather what comes together. */
export const reportsSchedule: readonly Schedule[] = [{ name: 'reports.mail-moderators', everyMs: 5 * minute }]
