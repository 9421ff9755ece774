/** What a group may be allowed to do in a forum. `publish`: posts appear at once; without it they wait for approval. */
export const forumVerbs = ['read', 'start', 'reply', 'publish', 'edit', 'delete'] as const
export type ForumVerb = (typeof forumVerbs)[number]

/**
 * The acts of moderation that an appointment may name; the registry of acts in `moderation` has one file for each. What is
 * done to members: `warn` about what they wrote where somebody moderates, all else with an appointment for every forum only.
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
  'change_author',
  'rename',
  'close_account',
  'merge_members',
] as const
export type ActName = (typeof actNames)[number]

/** The administrators' alone unless an appointment names them: being appointed for all acts does not include them. */
export const reservedActs: readonly ActName[] = ['change_author', 'rename', 'close_account', 'merge_members']

/** Of those, what concerns an account wherever it goes: an appointment for one forum cannot name them. */
export const accountActs: readonly ActName[] = ['rename', 'close_account', 'merge_members']
