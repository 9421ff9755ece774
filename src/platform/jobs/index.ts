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
export { runDueJobs } from './run-due-jobs.ts'
export type { Handler, Handlers, JobReport } from './run-job.ts'
export { enqueueDueSchedules, type Schedule } from './schedule.ts'
export { startWorker, type Worker, type WorkerOptions } from './worker.ts'
