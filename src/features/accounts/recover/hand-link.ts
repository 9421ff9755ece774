import { msg } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { makeLink } from '../one-time.ts'
import { tellMember } from '../told/tell-member.ts'

const day = 24 * 60 * 60 * 1000

/**
 * A link for somebody who gets no mail, to be handed over: its path. It sets a new password once, within a day, and
 * proves no address. The member is told, by mail where that arrives and in any case on their next page.
 */
export async function handLink(tx: Tx, memberId: number, by: string): Promise<string> {
  await sendMail(tx, 'accounts.link_made', { memberId, at: Date.now() })
  await tellMember(tx, memberId, msg('accounts.told_link_made', { name: by, at: Date.now() }))
  return makeLink(tx, 'reset', { memberId, about: null, lastsMs: day })
}
