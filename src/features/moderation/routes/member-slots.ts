import type { Request } from 'express'
import { type Notice, readingOf } from '../../../platform/http/index.ts'
import { times } from '../../../platform/locale/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { ProfileSlots } from '../../members/index.ts'
import { restrictions, type Told } from '../../sanctions/index.ts'
import { menuIn } from '../../topics/index.ts'
import { memberMenu } from '../menus/member-menu.ts'

/** What moderation adds to a profile: acts, for the staff. */
export function profileSlots(db: Db): ProfileSlots {
  return {
    async menu(req, memberId) {
      return menuIn(req.t, await memberMenu(db, req.viewer, memberId))
    },
  }
}

/** Says on every page what holds this member back, until when and why. */
export function sanctionNotices(req: Request): Notice[] {
  const sanctions = req.viewer.member?.sanctions
  if (!sanctions) return []
  const link = { href: '/account/warnings/', text: req.t('sanctions.more') }
  const say = (kind: string, told: Told): Notice => ({
    kind: kind === 'ban' ? 'danger' : 'warning',
    text: req.t(`sanctions.notice_${kind}`, { ...untilOf(req, told), reason: told.reason ?? '' }).trim(),
    link,
    plain: true,
  })
  if (sanctions.ban) return [say('ban', sanctions.ban)]
  const held = restrictions.flatMap(kind => {
    const told = sanctions[kind]
    return told ? [say(kind, told)] : []
  })
  if (sanctions.unread === 0) return held
  const text = req.t('sanctions.notice_unread', { n: sanctions.unread })
  const unread: Notice = { kind: 'warning', text, link: { ...link, text: req.t('sanctions.read') }, plain: true }
  return [unread, ...held]
}

function untilOf(req: Request, { until }: Told): { ends: string; until: string } {
  if (until === null) return { ends: 'no', until: '' }
  const { locale, timeZone } = readingOf(req)
  return { ends: 'yes', until: times(locale, timeZone).dateTime(until) }
}
