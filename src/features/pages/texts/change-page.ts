import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { memberById, updateMember } from '../../members/index.ts'
import type { PageName, TextName } from './names.ts'
import { composePage } from './page-html.ts'
import { insertVersion, lockPage, makeAsk, type PageVersion, versionOf, writeOffAt } from './queries.ts'

export interface NewText {
  /** Markdown. */
  readonly body: string
  /** Of the terms: everybody has to accept this version. */
  readonly asks: boolean
  /** The version that was the newest when the writer began. */
  readonly base: number
}

/**
 * Makes this the newest version of the page and says its number; the same text again makes none. Whoever asks everybody
 * to accept the terms has accepted them. Throws Invalid at `body`; Conflict when somebody else was faster.
 */
export async function publishText(db: Db, writerId: number, name: TextName, text: NewText): Promise<number> {
  const body = text.body.replaceAll('\r\n', '\n').trim()
  const { html } = await composePage(db, body)
  const asks = name === 'terms' && text.asks
  return inTransaction(db, async tx => {
    const newest = await newestOf(tx, name)
    const isSame = newest.body === body
    if (!isSame && newest.version !== text.base) throw await meanwhile(tx, newest)
    const version = isSame ? newest.version : newest.version + 1
    const row = { name, version, body, html, asks: asks ? (1 as const) : (0 as const), member_id: writerId }
    if (!isSame) await insertVersion(tx, { ...row, created_at: Date.now() })
    else if (asks && newest.asks === 0) await makeAsk(tx, name, version)
    if (asks) await updateMember(tx, writerId, { terms_version: version, terms_accepted_at: Date.now() })
    return version
  })
}

async function newestOf(tx: Tx, name: TextName): Promise<PageVersion> {
  const page = await lockPage(tx, name)
  const newest = page && (await versionOf(tx, name, page.version))
  if (!newest) throw new NotFound()
  return newest
}

async function meanwhile(tx: Tx, { member_id }: PageVersion): Promise<Conflict> {
  const writer = member_id === null ? undefined : await memberById(tx, member_id)
  return new Conflict(msg('pages.changed_meanwhile', { name: writer?.name ?? '?' }))
}

/** Whether everybody may come to the page, and finds links to it. */
export async function switchPage(db: Db, name: PageName, on: boolean): Promise<void> {
  await inTransaction(db, async tx => {
    const page = await lockPage(tx, name)
    if (!page) throw new NotFound()
    if ((page.off_at === null) !== on) await writeOffAt(tx, name, on ? null : Date.now())
  })
}
