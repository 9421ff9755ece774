export { BackupFault } from './fault.ts'
export { type BackupOptions, type BackupSummary, type Holdings, makeBackup } from './make-backup.ts'
export { type RestoreOptions, type RestoreSummary, restoreBackup } from './restore-backup.ts'
