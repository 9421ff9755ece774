export {
  type Answer,
  copyPermissions,
  deleteAppointment,
  insertAppointment,
  insertGroup,
  removeGroup,
  updateGroup,
  writePermissions,
} from './queries/changes.ts'
export {
  type Appointment,
  allGroups,
  appointments,
  everywhere,
  type ForumVerbs,
  type Group,
  permissionRows,
  permissionTable,
  type Reach,
  reachOf,
  type Verbs,
} from './queries/groups.ts'
export { forumLocks, type Lock, lockMark } from './queries/locks.ts'
export {
  type ForumReaders,
  permissionsChanged,
  readersOf,
  recountMembersJob,
  recountMembersSoon,
  saidReaders,
  writeReaders,
} from './queries/readers.ts'
export { appointedStanding, standings } from './standing.ts'
export { type ActName, accountActs, actNames, type ForumVerb, forumVerbs, reservedActs } from './verbs.ts'
