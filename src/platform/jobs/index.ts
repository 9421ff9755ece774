export { type EnqueueOptions, enqueue } from './enqueue.ts'
export { type Answer, type Answers, answerEvents, record } from './events/events.ts'
export {
  countFailedWork,
  type Elsewhere,
  type FailedWork,
  failedWork,
  forgetWork,
  retryWork,
  type WorkRef,
} from './failed-work.ts'
export { jobsInLine, type ScheduleRow, scheduleRows, setNextRun } from './queries.ts'
export { runDueJobs } from './run-due-jobs.ts'
export type { Handler, Handlers, JobReport } from './run-job.ts'
export { enqueueDueSchedules, type Schedule, scheduleKey } from './schedule.ts'
export { pauseWork, startWorker, type Worker, type WorkerOptions } from './worker.ts'
