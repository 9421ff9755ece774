export {
  addForum,
  createForum,
  dropForum,
  editForum,
  type ForumValues,
  shiftForum,
} from './arrange-forums.ts'
export { findForum, readableChildren } from './find-forum.ts'
export { type WayToPost, wayToReply, wayToStart } from './policy.ts'
export { lockForum } from './queries/arrangement.ts'
export {
  addToForum,
  type ForumCounters,
  forumCounters,
  forumTree,
  lastPublicPost,
  refreshLastPost,
  touchForums,
} from './queries/forums.ts'
export { createTopicSlot, forumsRouter } from './routes/router.ts'
export { startPath } from './start-path.ts'
export { type ForumNode, type ForumTree, subtree } from './tree.ts'
