export { adminLetters } from './letters.ts'
export { adminRouter, adminUploads } from './routes/index.ts'
