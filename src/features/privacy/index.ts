export { addressColumns, eraseAddresses } from './addresses.ts'
export { privacyJobs, privacySchedule } from './jobs.ts'
