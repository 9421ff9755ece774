import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { PageName, TextName } from './names.ts'
import { shownHtml } from './page-html.ts'
import { type ListedVersion, listVersions, type PageVersion, pagesNow, versionOf } from './queries.ts'

/** What a page of text shows. */
export interface ShownText {
  readonly name: TextName
  readonly version: number
  readonly isNewest: boolean
  readonly html: string
  readonly at: number
  /** The other versions that everybody may read, newest first: of the terms only. */
  readonly others: readonly ListedVersion[]
}

/** Goes on only while the page is there. Throws NotFound. */
export async function demandOn(db: Db, name: PageName): Promise<void> {
  if (!(await pagesNow(db)).on.has(name)) throw new NotFound()
}

/** A page as everybody may read it; of the terms any version, of others the newest. Throws NotFound. */
export async function findText(db: Db, name: TextName, asked?: number): Promise<ShownText> {
  await demandOn(db, name)
  const newest = (await pagesNow(db)).versions.get(name) ?? 0
  const version = asked ?? newest
  if (version !== newest && name !== 'terms') throw new NotFound()
  const text = await findVersion(db, name, version)
  const versions = name === 'terms' ? await listVersions(db, [name]) : []
  return {
    name,
    version,
    isNewest: version === newest,
    html: await shownHtml(db, text.html),
    at: text.created_at,
    others: versions.filter(one => one.version !== version),
  }
}

/** A version of a page, whether that is switched on or off. Throws NotFound. */
export async function findVersion(db: Db, name: TextName, version: number): Promise<PageVersion> {
  const found = await versionOf(db, name, version)
  if (!found) throw new NotFound()
  return found
}
