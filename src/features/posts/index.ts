export { appendPost, type NewPost } from './append-post.ts'
export { heldReasons, isHeldReason, reasonToWait } from './approval.ts'
export { type Authorship, changeAuthor } from './change-author.ts'
export { changePostState, changeTopicForum, changeTopicState } from './change-state.ts'
export { composePost } from './compose-post.ts'
export { openEdit } from './edits/open-edit.ts'
export {
  approveProposedEdit,
  changedSince,
  rejectProposedEdit,
  unapproveEdit,
  unrejectEdit,
  waitingEdits,
} from './edits/propose-edit.ts'
export { bringPicturesJob } from './elsewhere/bring-pictures.ts'
export { elsewhereJobs, lookElsewhere } from './elsewhere/look-elsewhere.ts'
export { type PostPublished, postPublished } from './events.ts'
export { findPost } from './find-post.ts'
export { countWork, withinFlood } from './flood.ts'
export { replyForm, topicForm } from './forms.ts'
export { releaseForgotten, releaseHeld } from './held/release-held.ts'
export { removeHeld } from './held/remove-held.ts'
export { holdList } from './hold-list.ts'
export { refreshCounts, refreshCountsJob } from './lagging-counts.ts'
export { moveAllTopics } from './move-all-topics.ts'
export { lockTopics } from './moves/keep-counts.ts'
export { mergePosts, unmergePosts } from './moves/merge-posts.ts'
export { type Merged, mergeTopic, unmergeTopic } from './moves/merge-topics.ts'
export { type Split, splitTopic, unsplitTopic } from './moves/split-topic.ts'
export { purgeSubmissions, submissionKey } from './once.ts'
export { type NewTopic, openTopic } from './open-topic.ts'
export { type Fetched, keepPicture } from './pictures/keep-picture.ts'
export { type Place, placeFrom, placePath, postPath } from './places.ts'
export { wayToReplyTo } from './policy.ts'
export type { Leaving } from './queries/moves/notes.ts'
export { type Post, postById, writeQuotes } from './queries/posts.ts'
export { lockTopic, updatePost, updateTopic } from './queries/states.ts'
export { readableUses } from './readable-uses.ts'
export type { ViewPart } from './reading/slots.ts'
export { ViewCounter } from './reading/view-counter.ts'
export type { KeptText } from './reply-box.ts'
export { embedsFor } from './routes/embeds.ts'
export { postsRouter } from './routes/index.ts'
export { postsPageKinds } from './routes/page-kinds.ts'
export type {
  Carried,
  DraftText,
  GuestSubmission,
  LostText,
  SentText,
  WritingDeps,
  WritingSlots,
} from './routes/slots.ts'
export { takeOverPost } from './take-over.ts'
export { adoptWelcome, installDefaults } from './upkeep/install-defaults.ts'
export { type Off, recountAll, recountMembers } from './upkeep/recount.ts'
export { renderPosts } from './upkeep/render-posts.ts'
export { type Writer, writeReply, writeTopic } from './write-post.ts'
