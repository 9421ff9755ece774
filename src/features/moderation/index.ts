export type { Act, ConfirmPassword } from './act.ts'
export { membersAt } from './dossier/ban-many.ts'
export { savedActForm } from './forms.ts'
export { moderationJobs, moderationSchedule } from './jobs.ts'
export { changeTyped, erased } from './later/erase-quotes.ts'
export { moderationLetters } from './letters/members.ts'
export { actPath } from './menus/menus.ts'
export { mergedDays, sweepMerged } from './merging/merge-members.ts'
export { type ChangeHtml, changeTextsNaming } from './names/change-texts.ts'
export { answerRules } from './performing/by-rule.ts'
export { logMemberAct, type MemberAct } from './performing/log-member-act.ts'
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
