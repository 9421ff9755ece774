export { postsShown } from './audience.ts'
export { avatarOf } from './avatar.ts'
export { deletedKey, deletedName, isDeletedName } from './deleted.ts'
export { longestName, nameFault, tidyName } from './display-name.ts'
export { imaginedViewer } from './imagined-viewer.ts'
export { heldNow, loadViewer, memberPath, type ViewerOptions } from './load-viewer.ts'
export { emailKey, nameKey } from './name.ts'
export {
  addToPostCount,
  addToPostCounts,
  formerNames,
  hasAdministrator,
  hasOtherAdministrator,
  insertMember,
  isNameTaken,
  lockMember,
  type Member,
  memberById,
  memberByLogin,
  memberByName,
  type NewMember,
  type PostCounts,
  renameMember,
  takeNameBack,
  takenBy,
  updateMember,
} from './queries.ts'
export { membersRouter, type ProfileSlots, profilePages, takeUpViewer, viewers } from './routes.ts'
export { type Circle, readersOf, staffReading } from './suggest/circle.ts'
export { type Suggested, suggestMembers } from './suggest/suggest.ts'
export {
  type Audience,
  type Held,
  heldBack,
  isOpenAccount,
  isOwn,
  isProven,
  isStaffIn,
  mayIn,
  mayModerate,
  mayModerateEverywhere,
  mayModerateSomewhere,
  moderatedForums,
  moderatesEverywhere,
  readableForums,
  type Viewer,
  type ViewerMember,
} from './viewer.ts'
