export { BackupFault } from './fault.ts'
export { type BackupOptions, type BackupSummary, type Holdings, makeBackup } from './make-backup.ts'
export {
  type BackupContents,
  lookIntoBackup,
  type RestoreOptions,
  type RestoreSummary,
  restoreBackup,
  verifyBackup,
} from './restore-backup.ts'
