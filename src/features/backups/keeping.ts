import { join } from 'node:path'
import { openFiles } from '../../platform/files/index.ts'
import { type DatabaseConfig, type Db, identityOf } from '../../platform/store/index.ts'

/** Where a forum lies and where its backups do: what whoever copies it has to know. */
export interface Keeping {
  readonly database: DatabaseConfig
  /** Several processes of one forum must share it. */
  readonly dataDir: string
  readonly secretFile: string
  /** Tells whoever runs the forum, in its log. */
  warn(facts: Readonly<Record<string, unknown>>, text: string): void
  /** The room that is left in a folder, in bytes, where the system says so; for tests. */
  freeBytes?(folder: string): Promise<number | null>
}

const known = new WeakMap<object, Keeping>()

/** Where the backups of this forum lie; said once in each process. */
export function keepBackupsIn(db: Db, keeping: Keeping): void {
  known.set(identityOf(db), keeping)
}

export function keepingOf(db: Db): Keeping {
  const keeping = known.get(identityOf(db))
  if (!keeping) throw new Error('Nobody said where backups are kept')
  return keeping
}

export function folderOf({ dataDir }: Pick<Keeping, 'dataDir'>): string {
  return join(dataDir, 'backups')
}

export function filesOf({ dataDir }: Pick<Keeping, 'dataDir'>) {
  return openFiles(join(dataDir, 'files'))
}

/**
 * Of these nothing is copied: the counters of rate limits are old before anybody restores them, and the downloads that
 * members asked for are files that are not copied either. Sessions and what waits to be done (mails too) are.
 */
export const notCopied = ['rate_limits', 'exports']
