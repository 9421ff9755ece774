import { makeLink } from '../../src/features/accounts/one-time.ts'
import { writeSettings } from '../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../src/platform/store/index.ts'
import type { Page } from '../support/index.ts'
import type { Turn } from './turns.ts'

const hour = 60 * 60 * 1000

/** Nobody listens there; the tour sends nothing. */
const mailServer = 'smtp://127.0.0.1:9'

async function setMail(db: Db, smtp_url: string): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, { smtp_url }))
}

async function changeOf(db: Db, memberId: number, oldEmail: string): Promise<string> {
  const wish = { member_id: memberId, old_email: oldEmail, new_email: 'nemo@example.org', created_at: Date.now() }
  const row = await db.insertInto('email_changes').values(wish).returning('id').executeTakeFirstOrThrow()
  return String(row.id)
}

/** What the links in mails lead to, and an address that is still to be proven. */
export const linkTurns: Readonly<Record<string, Turn>> = {
  'who comes by a link from a mail': async ({ forum }, asReader) => {
    const { db } = forum
    const { id, email } = await forum.member('Marcus')
    await db
      .updateTable('members')
      .set({ email_verified_at: null, email_demanded_at: 1 })
      .where('id', '=', id)
      .execute()
    const about = { memberId: id, lastsMs: hour }
    const change = await changeOf(db, id, email)
    const paths = [
      await makeLink(db, 'verify', { ...about, about: email }),
      await makeLink(db, 'reset', { ...about, about: email }),
      await makeLink(db, 'email-change', { ...about, about: change }),
      await makeLink(db, 'email-back', { ...about, about: change }),
    ]
    const pages: Page[] = []
    await setMail(db, mailServer)
    for (const visitor of [forum.asGuest(), await forum.asMember('Nero'), await forum.asMember('Marcus')]) {
      asReader(visitor)
      for (const path of [
        ...paths,
        '/verify/x',
        '/recover/',
        '/recover/sent/',
        '/account/email/',
        '/account/password/',
        '/',
      ]) {
        pages.push(await visitor.get(path))
      }
      for (const path of paths.slice(0, 3)) pages.push(await visitor.post(path, { password: 'no', new_password: 'no' }))
      pages.push(await visitor.post(`${paths[0]}/password`, { new_password: 'no' }))
      pages.push(await visitor.post('/account/email/', { email: 'no', password: 'no' }))
    }
    await setMail(db, '')
    await db.updateTable('members').set({ email_verified_at: 1 }).where('id', '=', id).execute()
    return pages
  },
}
