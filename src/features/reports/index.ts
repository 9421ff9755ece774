export { chooseAlerts, reportsJobs, reportsSchedule } from './alerts.ts'
export { addNote, assignCase, findCase, keepersFor, sightOf } from './discuss.ts'
export { assignForm, longestNote, noteForm } from './forms.ts'
export { wantsAlerts } from './queries/alerts.ts'
export {
  type CaseRow,
  type CaseState,
  caseStates,
  casesIn,
  countCases,
  countOpenCases,
  notesIn,
  openCaseIds,
  type ReportRow,
  reportsIn,
} from './queries/cases.ts'
export { reasonText, ruleReason } from './reasons.ts'
export { reportByRule } from './report-by-rule.ts'
export { reportsLetters } from './report-letters.ts'
export { reportsRouter } from './routes/router.ts'
export { type Outcome, outcomes, reopenCase, settleCase } from './settle-case.ts'
export { reportPaths } from './slots.ts'
