import type { Request } from 'express'
import type { Notice } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { mailStopOf } from '../stops.ts'

const correctionPath = '/account/email'

/** Tells a member on every page that nothing is mailed to their address any more, and where it is put right. */
export async function stoppedMailNotice(db: Db, { viewer: { member }, path, t }: Request): Promise<Notice[]> {
  const stop = member && (await mailStopOf(db, member.email))
  if (!member || !stop) return []
  const text = stop.answer
    ? t('mail.came_back', { address: member.email, answer: stop.answer })
    : t('mail.stopped', { address: member.email })
  const link =
    path.replace(/\/$/, '') === correctionPath ? undefined : { href: correctionPath, text: t('mail.correct_address') }
  return [{ kind: 'warning', plain: true, text, ...(link && { link }) }]
}
