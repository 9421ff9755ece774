import type { Insertable, Selectable } from 'kysely'
import {
  bumpRevisions,
  byRevision,
  type Db,
  forUpdate,
  type PagesTable,
  type PageVersionsTable,
  type Tx,
} from '../../../platform/store/index.ts'
import type { PageName, TextName } from './names.ts'

export type PageRow = Selectable<PagesTable>
export type PageVersion = Selectable<PageVersionsTable>

export interface PagesNow {
  /** Those that are there for everybody. */
  readonly on: ReadonlySet<PageName>
  /** The newest version of each. */
  readonly versions: ReadonlyMap<PageName, number>
  /** The latest version of the terms that everybody has to accept; 0: none. */
  readonly asking: number
}

/** Which pages there are and where they have come to; kept in memory until one changes. */
export const pagesNow: (db: Db) => Promise<PagesNow> = byRevision('shell', async db => {
  const rows = await db.selectFrom('pages').selectAll().execute()
  const asks = await db
    .selectFrom('page_versions')
    .select(eb => eb.fn.max('version').as('version'))
    .where('name', '=', 'terms')
    .where('asks', '=', 1)
    .executeTakeFirst()
  return {
    on: new Set(rows.filter(row => row.off_at === null).map(row => row.name)),
    versions: new Map(rows.map(row => [row.name, row.version])),
    asking: Number(asks?.version ?? 0),
  }
})

/** The page while nobody else changes it. */
export async function lockPage(tx: Tx, name: PageName): Promise<PageRow | undefined> {
  return tx.selectFrom('pages').selectAll().where('name', '=', name).$call(forUpdate(tx)).executeTakeFirst()
}

/** False when it is there already. */
export async function insertPage(tx: Tx, page: PageRow): Promise<boolean> {
  const row = await tx
    .insertInto('pages')
    .values(page)
    .onConflict(conflict => conflict.doNothing())
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

export async function versionOf(db: Db, name: TextName, version: number): Promise<PageVersion | undefined> {
  return db
    .selectFrom('page_versions')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
}

export type ListedVersion = Pick<PageVersion, 'name' | 'version' | 'asks' | 'created_at' | 'member_id'> & {
  /** Who wrote it; null: it came with the forum, or its writer is gone. */
  readonly writer: string | null
}

/** All versions of these pages, newest first, without their texts. */
export async function listVersions(db: Db, names: readonly TextName[]): Promise<ListedVersion[]> {
  return db
    .selectFrom('page_versions')
    .leftJoin('members', 'members.id', 'page_versions.member_id')
    .select(['page_versions.name', 'version', 'asks', 'created_at', 'member_id', 'members.name as writer'])
    .where('page_versions.name', 'in', [...names])
    .orderBy('version', 'desc')
    .execute()
}

/** The page says this from now on. */
export async function insertVersion(tx: Tx, version: Insertable<PageVersionsTable>): Promise<void> {
  await tx.insertInto('page_versions').values(version).execute()
  await tx.updateTable('pages').set({ version: version.version }).where('name', '=', version.name).execute()
  await bumpRevisions(tx, 'shell')
}

/** From now on everybody has to accept this version. */
export async function makeAsk(tx: Tx, name: TextName, version: number): Promise<void> {
  await tx
    .updateTable('page_versions')
    .set({ asks: 1 })
    .where('name', '=', name)
    .where('version', '=', version)
    .execute()
  await bumpRevisions(tx, 'shell')
}

/** null switches it on. */
export async function writeOffAt(tx: Tx, name: PageName, off_at: number | null): Promise<void> {
  await tx.updateTable('pages').set({ off_at }).where('name', '=', name).execute()
  await bumpRevisions(tx, 'shell')
}
