export { adminRouter } from './routes/index.ts'
