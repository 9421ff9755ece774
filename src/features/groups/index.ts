export {
  type Appointment,
  allGroups,
  appointments,
  type ForumVerbs,
  type Group,
  permissionRows,
  permissionTable,
  type Reach,
  reachOf,
  updateGroup,
  type Verbs,
} from './queries.ts'
export { type ActName, actNames, type ForumVerb, forumVerbs } from './verbs.ts'
