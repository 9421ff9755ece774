export {
  advanceIdentity,
  contains,
  type DatabaseKind,
  forUpdate,
  forUpdateSkipLocked,
  kindOf,
  lockName,
  refreshStatistics,
} from './dialect.ts'
export { type Given, type HotQuery, hotQuery } from './hot-query.ts'
export { DatabaseIsNewer, migrate, pendingMigrations } from './migrate.ts'
export { bumpRevisions, byRevision, type RevisionName, type Revisions, readRevisions } from './revisions.ts'
export { CannotOpen, openStore, type Store, type StoreOptions } from './store.ts'
export type * from './tables.ts'
export { type Db, identityOf, inTransaction, type Tx } from './transaction.ts'
