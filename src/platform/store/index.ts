export {
  type BrokenReference,
  brokenReferences,
  describeBroken,
  integrityFaults,
  isEmptyDatabase,
  type Reference,
  referencesOf,
} from './check/index.ts'
export {
  countRows,
  deleteRows,
  dropTables,
  Fingerprint,
  insertRows,
  lineOf,
  loadingOrder,
  type Row,
  RowsPointNowhere,
  readIdentities,
  rowsOf,
  type TableShape,
  tableShapes,
  withReferencesAside,
  writeIdentities,
} from './copy/index.ts'
export {
  advanceIdentity,
  beginsWith,
  contains,
  type DatabaseKind,
  forUpdate,
  forUpdateSkipLocked,
  kindOf,
  lockName,
  mayHang,
  mayTakeAMinute,
  mayTakeLong,
  otherProcesses,
  refreshStatistics,
} from './dialect.ts'
export { type DatabaseFigures, databaseFigures } from './figures.ts'
export { type Given, type HotQuery, hotQueries, hotQuery } from './hot-query.ts'
export { inHurry, waitWithOthers } from './hurry.ts'
export {
  appliedMigrations,
  DatabaseIsNewer,
  knownMigrations,
  migrate,
  migrateTo,
  migrateWithin,
  pendingMigrations,
  refuseNewer,
} from './migrate.ts'
export {
  bumpRevisions,
  byRevision,
  outrunRevisions,
  type RevisionName,
  type Revisions,
  readRevisions,
  rememberRevisions,
} from './revisions.ts'
export { CannotOpen, type DatabaseConfig, openStore, type Store, type StoreOptions } from './store.ts'
export type * from './tables.ts'
export { type Db, identityOf, inSnapshot, inTransaction, onDisk, type Tx, withoutSync } from './transaction.ts'
