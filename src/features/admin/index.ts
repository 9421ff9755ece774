export { adminLetters } from './letters.ts'
export { adminDoor, adminRouter, adminUploads } from './routes/index.ts'
export { closeForMaintenance, maintenanceNotice } from './routes/maintenance.ts'
export { isWithoutStyles, ownStyles, stylesRouter } from './routes/styles.ts'
