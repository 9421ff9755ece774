export type { Act, ConfirmPassword } from './act.ts'
export { answerRules } from './by-rule.ts'
export { membersAt } from './dossier/ban-many.ts'
export { changeTyped, erased } from './erase-quotes.ts'
export { savedActForm } from './forms.ts'
export { moderationJobs, moderationSchedule } from './jobs.ts'
export { moderationLetters } from './letters.ts'
export { logMemberAct, type MemberAct } from './log-member-act.ts'
export { actPath } from './menus.ts'
export { mergedDays, sweepMerged } from './merging/merge-members.ts'
export { type ChangeHtml, changeTextsNaming } from './names/change-texts.ts'
export { emptyPost, writeClaim, writeDraft } from './queries/erase.ts'
export { postsOf } from './queries/naming.ts'
export {
  allSavedActs,
  deleteSavedAct,
  insertSavedAct,
  renameSavedAct,
  type SavedAct,
  type Step,
} from './queries/saved.ts'
export { profileSlots, sanctionNotices } from './routes/member-slots.ts'
export { freshOffers } from './routes/offers.ts'
export { moderationRouter, moderationStaffMenu } from './routes/router.ts'
export { addStep, changeStep, findSavedAct, markOf, storableAct, storableActs } from './saved/compose-saved.ts'
export { forumPageSlots, topicPageSlots } from './slots.ts'
