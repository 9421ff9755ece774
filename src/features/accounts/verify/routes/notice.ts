import type { Request } from 'express'
import type { Notice } from '../../../../platform/http/index.ts'
import type { Db } from '../../../../platform/store/index.ts'
import { isMailStopped } from '../../../mail/index.ts'
import { memberById } from '../../../members/index.ts'
import { settings } from '../../../settings/index.ts'
import { isUnproven } from '../../email/way-to-change.ts'

/** Pages that say the same themselves. */
const elsewhere = /^\/(account\/email|verify)(\/|$)/

/** Reminds a member, on every page, that their address is still to be proven, or that they have none. */
export async function proofNotices(db: Db, { viewer, t, path }: Request): Promise<Notice[]> {
  const asked = viewer.member && (viewer.member.held !== null || viewer.member.email === '')
  if (!viewer.member || !asked || elsewhere.test(path)) return []
  const member = await memberById(db, viewer.member.id)
  if (!member || (member.email !== '' && !isUnproven(member, await settings(db)))) return []
  // The notice of stopped mail says what to do, and nothing was mailed that could be opened.
  if (member.email && (await isMailStopped(db, member.email))) return []
  const link = { href: '/account/email/', text: t(member.email ? 'accounts.proof_link' : 'accounts.no_address_link') }
  const text = member.email ? t('accounts.proof_notice', { email: member.email }) : t('accounts.no_address_notice')
  return [{ kind: 'warning', text, link, plain: true }]
}
