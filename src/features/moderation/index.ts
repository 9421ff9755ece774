export type { ConfirmPassword } from './act.ts'
export { moderationJobs } from './jobs.ts'
export { type ModerationDeps, moderationRouter, moderationStaffMenu } from './routes/router.ts'
export { forumPageSlots, topicPageSlots } from './slots.ts'
