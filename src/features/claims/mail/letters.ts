import { hashSecret, newSecret } from '../../../platform/secret.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Desk, Letter, Letters, WriteLetter } from '../../mail/index.ts'
import { settings } from '../../settings/index.ts'
import { type Claim, openClaimById } from '../queries.ts'
import { spendMail } from './mail-columns.ts'
import { insertMailedSecret, insertStopSecret, noteReminder } from './queries.ts'
import { seal } from './sealed.ts'

/** For how long a mail's link to stop such mails works. */
const stopLastsMs = 365 * 24 * 60 * 60 * 1000

type About = { readonly claimId: number; readonly locale: string }

/** The link right after a guest wrote. */
const link: WriteLetter = async ({ claimId, locale }: About, desk) => {
  const claim = await openClaimById(desk.db, claimId, Date.now())
  return claim?.mailed_at ? letterFor(desk, claim, locale, 'link') : null
}

/** The one reminder, unless that address has had another one today. */
const reminder: WriteLetter = async ({ claimId, locale }: About, desk) => {
  const claim = await openClaimById(desk.db, claimId, Date.now())
  if (!claim?.mailed_at || !(await mayRemind(desk.db, claim))) return null
  return letterFor(desk, claim, locale, 'reminder')
}

async function mayRemind(db: Db, { id, email_key, reminded_at }: Claim): Promise<boolean> {
  // Sending may have failed: what was granted once is granted still.
  if (reminded_at !== null) return true
  if (email_key === null || !(await spendMail(db, 'claim_reminder', email_key, await settings(db)))) return false
  await noteReminder(db, id, Date.now())
  return true
}

/** Nothing in it was typed by the guest: the address may be somebody else's. */
async function letterFor(desk: Desk, claim: Claim, locale: string, kind: 'link' | 'reminder'): Promise<Letter | null> {
  const { email, email_key } = claim
  if (email === null || email_key === null) return null
  const t = desk.t(locale)
  const [secret, stop, now] = [newSecret(), newSecret(), Date.now()]
  await insertMailedSecret(desk.db, { hash: hashSecret(secret), claim_id: claim.id, email_key, created_at: now })
  await insertStopSecret(desk.db, {
    hash: hashSecret(stop),
    sealed: seal(stop, email_key),
    now,
    until: now + stopLastsMs,
  })
  const forum = { forum: desk.forumName }
  // Under a name it is published already, and is not erased with its claim.
  const of = claim.kind === 'post' ? 'post_' : ''
  return {
    to: email,
    locale,
    subject: t(`claims.mail_${of}${kind}_subject`, forum),
    blocks: [
      { kind: 'paragraph', text: t(`claims.mail_${of}${kind}_text`, forum) },
      { kind: 'button', text: t('claims.mail_button'), href: desk.link(`/claim/${secret}`) },
      {
        kind: 'paragraph',
        text: t(`claims.mail_${of}until`, { date: desk.time(claim.expires_at, { locale, timeZone: null }) }),
      },
      { kind: 'note', text: t(`claims.mail_${of}not_me`) },
    ],
    unsubscribePath: `/unsubscribe/claims/${stop}`,
    scope: 'claims',
  }
}

export const claimsLetters: Letters = { 'claims.link': link, 'claims.reminder': reminder }
