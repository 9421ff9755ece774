import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import type { Page, TestForum, Visitor } from '../../support/index.ts'
import { goodPassword } from './accounts.ts'

/** Where the newest mail to this address that holds such a link leads: a path of the forum. */
export async function linkTo(forum: TestForum, to: string, kind: string): Promise<string> {
  const found = await linksTo(forum, to, kind)
  const newest = found.at(-1)
  if (newest === undefined) throw new Error(`No mail to ${to} holds a link /${kind}/`)
  return newest
}

/** The same of every mail to this address, oldest first; each has to begin with the forum's public address. */
export async function linksTo(forum: TestForum, to: string, kind: string): Promise<string[]> {
  const links = (await forum.mails(to)).flatMap(mail => mail.links.filter(link => link.includes(`/${kind}/`)))
  return links.map(link => {
    assert.ok(link.startsWith(`${forum.url}/${kind}/`), link)
    return link.slice(forum.url.length)
  })
}

/** Registers in this browser, by the page for it. */
export async function registerAs(visitor: Visitor, name: string, email: string): Promise<Page> {
  await visitor.get('/register/')
  return visitor.press('Register', { 'Display Name': name, 'Email Address': email, Password: goodPassword, terms: '1' })
}

export async function accountOf(db: Db, name: string) {
  return db.selectFrom('members').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
}

/** Whether somebody with a new browser gets in with this password. */
export async function getsIn(forum: TestForum, login: string, password = goodPassword): Promise<boolean> {
  const visitor = forum.asGuest()
  await visitor.get('/login/')
  const page = await visitor.page.form('main input[type=password]').fill({ login, password }).submit()
  return !page.has('main input[type=password]')
}

/** As whom the forum knows this browser, by the header; null: a guest. */
export async function signedInAs(visitor: Visitor): Promise<boolean> {
  return (await visitor.get('/account/')).status === 200 && visitor.page.url === '/account/'
}

/** Every link that waits runs out. */
export async function letLinksRunOut(db: Db): Promise<void> {
  await db.updateTable('one_time_secrets').set({ expires_at: 1 }).execute()
}
