export { takeAsMarkdown, writingRouter } from './routes.ts'
