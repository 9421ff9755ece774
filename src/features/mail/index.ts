export { type FailedMail, failedMails, forgetMail, retryMails } from './failed-mails.ts'
export { mailJobs, mailSchedule, sentDays } from './jobs.ts'
export type { Block, Desk, Letter, Letters, WriteLetter } from './letter.ts'
export { keepMailIn } from './post-office.ts'
export { countMails, type MailStop, type StopScope, sentMails, stoppedAddresses } from './queries.ts'
export { stoppedMailNotice } from './routes/stopped-notice.ts'
export { unsubscribePaths, unsubscribeRoutes } from './routes/unsubscribe.ts'
export { mailJob, sendMail } from './send-mail.ts'
export { isMailStopped, liftMailStop, stopMail } from './stops.ts'
export { sendTestMail, type TestOutcome } from './test-mail.ts'
export {
  type EditableText,
  faultsIn,
  mailKinds,
  previewsOf,
  resetTexts,
  saveTexts,
  sendExamples,
  textsOf,
  wordsOfKind,
} from './texts/edit-texts.ts'
export { exampleOf, type Layout, type LayoutPart, type Layouts, phrasesOf } from './texts/layout.ts'
