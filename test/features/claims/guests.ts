import { type Settings, writeSettings } from '../../../src/features/settings/index.ts'
import { hashSecret } from '../../../src/platform/secret.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import type { Page, TestForum, Visitor } from '../../support/index.ts'

export const goodPassword = 'seven walruses in the attic'

/** The topic that a forum comes with. */
export async function welcome(db: Db) {
  return db.selectFrom('topics').selectAll().orderBy('id').executeTakeFirstOrThrow()
}

/** The forum that the topic is in. */
export async function itsForum(db: Db): Promise<number> {
  return (await welcome(db)).forum_id
}

/** Opens a topic, types a reply into its box and sends it. */
export async function reply(visitor: Visitor, body: string, topicId = 1): Promise<Page> {
  await visitor.get(`/topic/${topicId}/`)
  return visitor.press('Submit Reply', { body })
}

/** Opens the form for a new topic, fills it in and sends it. */
export async function startTopic(visitor: Visitor, forumId: number, title: string, body: string): Promise<Page> {
  await visitor.get(`/forum/${forumId}/new-topic`)
  return visitor.press('Submit Topic', { title, body })
}

/** What a new member types and ticks on the page of a claim. */
export function newcomer(name: string, password = goodPassword): Record<string, string> {
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`
  return { 'Display Name': name, 'Email Address': email, Password: password, terms: '1' }
}

/** The secret in the address of a claim's page. */
export function secretOf(page: Page): string {
  const secret = /^\/claim\/([\w-]{43})(?:$|[/?#])/.exec(page.url)?.[1]
  if (!secret) throw new Error(`${page.url} is no address of a claim: ${page.text}`)
  return secret
}

export async function claims(db: Db) {
  return db.selectFrom('claims').selectAll().orderBy('id').execute()
}

export async function claimOf(db: Db, page: Page) {
  return db
    .selectFrom('claims')
    .innerJoin('claim_secrets', 'claim_id', 'claims.id')
    .selectAll('claims')
    .where('hash', '=', hashSecret(secretOf(page)))
    .executeTakeFirstOrThrow()
}

/** Posts apart from the one that a forum comes with. */
export async function posts(db: Db) {
  return db.selectFrom('posts').selectAll().where('id', '>', 1).orderBy('id').execute()
}

export async function set(db: Db, values: Partial<Settings>): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, values))
}

/** The secrets that this browser holds. */
export function heldBy(visitor: Visitor): string[] {
  return Object.entries(visitor.cookies()).flatMap(([name, value]) => (name.startsWith('stoa_claims') ? [value] : []))
}

/** What the answer says about such a cookie: the secret (none: it takes it away), and the whole line. */
export function claimCookies(headers: Record<string, unknown>): { secret: string; line: string }[] {
  const lines = [headers['set-cookie'] ?? []].flat().map(String)
  return lines.flatMap(line => {
    const [, secret] = /^stoa_claims\.[0-9a-f]{16}=([^;]*);/.exec(line) ?? []
    return secret === undefined ? [] : [{ secret, line }]
  })
}

/** Somebody whose browser sends a form once more: what two presses at once send. */
export async function both<T>(press: () => Promise<T>, again: () => Promise<T> = press): Promise<[T, T]> {
  return Promise.all([press(), again()])
}

/** Takes over another browser's cookies: a second tab of the same one. */
export function anotherTab(forum: TestForum, visitor: Visitor): Visitor {
  const tab = forum.asGuest()
  for (const [name, value] of Object.entries(visitor.cookies())) {
    if (/^stoa_(session|claims|known)/.test(name)) tab.setCookie(name, value)
  }
  return tab
}
