import assert from 'node:assert/strict'
import { type Settings, writeSettings } from '../../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import type { Filling, Page, Visitor } from '../../support/index.ts'
import { newcomer } from '../claims/guests.ts'

export async function set(db: Db, values: Partial<Settings>): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, values))
}

/** Opens the page to register, or the one given, and fills it in. */
export async function registers(
  visitor: Visitor,
  name: string,
  fillings: Record<string, Filling> = {},
  path = '/register/',
): Promise<Page> {
  await visitor.get(path)
  return visitor.press('Register', { ...newcomer(name), ...fillings })
}

/** The account of this name; fails when there is none. */
export async function accountOf(db: Db, name: string) {
  const member = await db.selectFrom('members').selectAll().where('name', '=', name).executeTakeFirst()
  assert.ok(member, `There is no ${name}`)
  return member
}

/** Why the account of this name waits; null: it does not. */
export async function whyWaits(db: Db, name: string): Promise<string | null> {
  const { pending_at, pending_reason } = await accountOf(db, name)
  assert.equal(pending_at === null, pending_reason === null)
  return pending_reason
}

/** How often each check stopped somebody. */
export async function stops(db: Db): Promise<Record<string, number>> {
  const rows = await db.selectFrom('spam_stops').selectAll().execute()
  return Object.fromEntries(rows.map(({ check, stopped }) => [check, stopped]))
}
