export type { Block, Desk, Letter, Letters, WriteLetter } from './letter.ts'
export { mailJob, sendMail } from './send-mail.ts'
export { isMailStopped, liftMailStop, stopMail } from './stops.ts'
