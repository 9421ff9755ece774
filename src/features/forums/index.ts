export {
  addForum,
  createForum,
  dropForum,
  editForum,
  type ForumValues,
  lockArrangement,
} from './arrange-forums.ts'
export { findForum, readableChildren } from './find-forum.ts'
export { openForum, setForumPassword } from './open-forum.ts'
export { type Direction, directions, placeForum, shiftForum } from './place-forum.ts'
export { type WayToPost, wayToReply, wayToStart } from './policy.ts'
export { addPrefix, changePrefix, prefixFault, prefixOf, raisePrefix, removePrefix } from './prefixes.ts'
export { clicksOfLinks, countClick, type ForumMore, lockForum } from './queries/arrangement.ts'
export {
  addToForum,
  type ForumCounters,
  forumCounters,
  forumTree,
  lastPublicPost,
  refreshLastPost,
  touchForums,
} from './queries/forums.ts'
export { showPasswordPage } from './routes/password.ts'
export { createTopicSlot, forumsRouter } from './routes/router.ts'
export { startPath } from './start-path.ts'
export {
  approvals,
  type ForumNode,
  type ForumTree,
  forumIcons,
  type Prefix,
  prefixColours,
  subtree,
  topicOrders,
} from './tree.ts'
