import type { Block, Desk, Letter, Letters, WriteLetter } from '../mail/index.ts'
import { isProven, type Member, memberById } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { exportById } from './queries/exports.ts'
import { farewellById } from './queries/leaving.ts'

const day = 24 * 60 * 60_000

/** The account will be deleted, and until when signing in takes it back. */
const leaving: WriteLetter = async ({ memberId, by }: { memberId: number; by: string }, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.leaving_at === null || member.deleted_at !== null) return null
  const { leave_days } = await settings(desk.db)
  const date = desk.time(member.leaving_at + leave_days * day, { locale: member.locale, timeZone: member.time_zone })
  const posts = member.leaving_posts ?? 'keep'
  return letterToMember(member, desk, by === 'staff' ? 'leaving_staff' : 'leaving', t => [
    { kind: 'paragraph', text: t(`privacy.mail_leaving_${posts}`, { date }) },
    { kind: 'paragraph', text: t('privacy.mail_leaving_back') },
    { kind: 'button', text: t('privacy.mail_leaving_button'), href: desk.link('/login/') },
    { kind: 'note', text: t('privacy.mail_leaving_not_me') },
  ])
}

/** Signing in took it back. */
const staying: WriteLetter = async ({ memberId }: { memberId: number }, desk) => {
  const member = await memberById(desk.db, memberId)
  if (!member || member.leaving_at !== null || member.deleted_at !== null) return null
  return letterToMember(member, desk, 'staying', () => [])
}

/** The account is gone. */
const left: WriteLetter = async ({ farewellId }: { farewellId: number }, desk) => {
  const farewell = await farewellById(desk.db, farewellId)
  return farewell ? letterTo(farewell, desk, farewell.by_staff ? 'left_staff' : 'left', () => []) : null
}

/** What they asked for can be downloaded; the file itself never goes by mail. */
const exportReady: WriteLetter = async ({ exportId }: { exportId: number }, desk) => {
  const row = await exportById(desk.db, exportId)
  const asker = row?.ready_at ? await memberById(desk.db, row.asked_by_id) : undefined
  if (!row || !asker || asker.deleted_at !== null) return null
  return letterToMember(asker, desk, 'export_ready', t => [
    { kind: 'button', text: t('privacy.mail_export_ready_button'), href: desk.link('/account/data/') },
    { kind: 'note', text: t('privacy.mail_export_ready_note') },
  ])
}

/** An administrator made a copy of what is stored about them. */
const exportedByStaff: WriteLetter = async ({ memberId }: { memberId: number }, desk) => {
  const member = await memberById(desk.db, memberId)
  return member?.deleted_at === null ? letterToMember(member, desk, 'export_staff', () => []) : null
}

type Reader = Pick<Member, 'name' | 'email' | 'locale'>
type T = ReturnType<Desk['t']>

/** To a member; null while their address may be a stranger's. */
function letterToMember(member: Member, desk: Desk, kind: string, more: (t: T) => Block[]): Letter | null {
  return isProven(member) ? letterTo(member, desk, kind, more) : null
}

function letterTo(reader: Reader, desk: Desk, kind: string, more: (t: T) => Block[]): Letter {
  const t = desk.t(reader.locale)
  const args = { forum: desk.forumName, name: reader.name }
  return {
    to: reader.email,
    locale: reader.locale,
    subject: t(`privacy.mail_${kind}_subject`, args),
    blocks: [{ kind: 'paragraph', text: t(`privacy.mail_${kind}_text`, args) }, ...more(t)],
  }
}

export const privacyLetters: Letters = {
  'privacy.leaving': leaving,
  'privacy.staying': staying,
  'privacy.left': left,
  'privacy.export_ready': exportReady,
  'privacy.export_staff': exportedByStaff,
}
