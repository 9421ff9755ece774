export { findForum, readableChildren } from './find-forum.ts'
export { type WayToPost, wayToReply, wayToStart } from './policy.ts'
export {
  addToForum,
  type ForumCounters,
  forumCounters,
  forumTree,
  indexRevision,
  refreshLastPost,
  touchForums,
} from './queries.ts'
export { type ForumNode, type ForumTree, subtree } from './tree.ts'
