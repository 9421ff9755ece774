/** What a group may be allowed to do in a forum. `publish`: posts appear at once; without it they wait for approval. */
export const forumVerbs = ['read', 'start', 'reply', 'publish', 'edit', 'delete'] as const
export type ForumVerb = (typeof forumVerbs)[number]

/** The acts of moderation that an appointment may name; the registry of acts in `moderation` has one file for each. */
export const actNames = ['hide', 'delete', 'lock', 'pin', 'recommend', 'approve', 'move', 'edit', 'discard'] as const
export type ActName = (typeof actNames)[number]
