export { adminRouter, adminUploads } from './routes/index.ts'
