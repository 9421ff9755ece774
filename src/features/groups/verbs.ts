/** What a group may be allowed to do in a forum. `publish`: posts appear at once; without it they wait for approval. */
export const forumVerbs = ['read', 'start', 'reply', 'publish', 'edit', 'delete'] as const
export type ForumVerb = (typeof forumVerbs)[number]

/**
 * The acts of moderation that an appointment may name; the registry of acts in `moderation` has one file for each. What is
 * done to members: `warn` about what they wrote where somebody moderates, `restrict` and `ban` with an appointment for
 * every forum only.
 */
export const actNames = [
  'hide',
  'delete',
  'lock',
  'pin',
  'recommend',
  'approve',
  'move',
  'merge',
  'split',
  'feature',
  'edit',
  'discard',
  'settle',
  'warn',
  'restrict',
  'ban',
  'announce',
] as const
export type ActName = (typeof actNames)[number]
