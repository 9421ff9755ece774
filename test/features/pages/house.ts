import { publishText, type TextName } from '../../../src/features/pages/index.ts'
import type { Settings } from '../../../src/features/settings/index.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import type { TestForum } from '../../support/index.ts'

/** The administrator of this forum publishes the next version of a page; its number. */
export async function publish({ db, admin }: TestForum, name: TextName, body: string, asks = false): Promise<number> {
  const { version } = await db.selectFrom('pages').select('version').where('name', '=', name).executeTakeFirstOrThrow()
  return publishText(db, admin.id, name, { body, asks, base: version })
}

/** Which version of the terms a member has accepted. */
export async function acceptedBy(db: Db, name: string): Promise<number | null> {
  const row = await db.selectFrom('members').select('terms_version').where('name', '=', name).executeTakeFirstOrThrow()
  return row.terms_version
}

export async function set(db: Db, values: Partial<Settings>): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, values))
}

export async function messages(db: Db) {
  return db.selectFrom('contact_messages').selectAll().orderBy('id').execute()
}
