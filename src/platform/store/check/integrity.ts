import { sql } from 'kysely'
import { tableShapes } from '../copy/tables.ts'
import { kindOf } from '../dialect.ts'
import { appliedMigrations } from '../migrate.ts'
import type { Db } from '../transaction.ts'
import { brokenReferences, describeBroken, referencesOf } from './references.ts'

/** What is wrong with the database itself, a line each: its file (SQLite), and rows that point at nothing. */
export async function integrityFaults(db: Db): Promise<string[]> {
  const inFile = kindOf(db) === 'sqlite' ? await fileFaults(db) : []
  if (inFile.length > 0) return inFile
  const broken = await brokenReferences(db, await referencesOf(db))
  return broken.map(describeBroken)
}

/** Has anything been put into this database yet? A new one has no tables. */
export async function isEmptyDatabase(db: Db): Promise<boolean> {
  return (await appliedMigrations(db)).length === 0 && (await tableShapes(db)).length === 0
}

async function fileFaults(db: Db): Promise<string[]> {
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
    return rows.map(row => row.integrity_check).filter(line => line !== 'ok')
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(`${error.code}`)) {
      return [error.message]
    }
    throw error
  }
}
