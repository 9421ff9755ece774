import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { isTextName, type PageName, pageNames, type TextName } from './names.ts'
import { composePage } from './page-html.ts'
import { insertPage, insertVersion, pagesNow } from './queries.ts'

interface FirstText {
  readonly body: string
  readonly html: string
}

/** Gives a forum the pages that it does not have yet, with a first text. Several processes may at once. */
export async function installPages(db: Db): Promise<void> {
  const { versions } = await pagesNow(db)
  const missing = pageNames.filter(name => !versions.has(name))
  if (missing.length === 0) return
  const texts = new Map<PageName, FirstText>()
  for (const name of missing) if (isTextName(name)) texts.set(name, await firstText(db, name))
  await inTransaction(db, async tx => {
    for (const name of missing) await installPage(tx, name, texts.get(name))
  })
}

async function firstText(db: Db, name: TextName): Promise<FirstText> {
  const body = readFileSync(join(import.meta.dirname, '../first-texts', `${name}.md`), 'utf8').trim()
  const { html } = await composePage(db, body)
  return { body, html }
}

async function installPage(tx: Tx, name: PageName, text: FirstText | undefined): Promise<void> {
  const isNew = await insertPage(tx, { name, version: 0, off_at: null })
  if (isNew && text) {
    await insertVersion(tx, { ...text, name, version: 1, asks: 0, created_at: Date.now(), member_id: null })
  }
}
