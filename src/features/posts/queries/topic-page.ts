import { type Db, type Given, hotQuery } from '../../../platform/store/index.ts'

export type TopicOnPage = NonNullable<Awaited<ReturnType<typeof topicOnPage.first>>>

/** The topic with who started it and whether any of its public posts is recommended: 1 or null. */
export const topicOnPage = hotQuery((db, given: Given<{ id: number }>) =>
  db
    .selectFrom('topics')
    .leftJoin('members', 'members.id', 'topics.member_id')
    .selectAll('topics')
    .select('members.name as member_name')
    .select(eb =>
      eb
        .selectFrom('posts')
        .select(all => all.lit(1).as('one'))
        .whereRef('posts.topic_id', '=', 'topics.id')
        .where('posts.recommended_at', 'is not', null)
        .where('posts.position', 'is not', null)
        .limit(1)
        .as('recommended'),
    )
    .where('topics.id', '=', given.id),
)

/** Posts with everything that stands beside them. Of whoever waits or is banned no signature is shown. */
function posts(db: Db) {
  return db
    .selectFrom('posts')
    .leftJoin('members as authors', 'authors.id', 'posts.member_id')
    .leftJoin('groups', 'groups.id', 'authors.group_id')
    .leftJoin('signatures', join =>
      join
        .onRef('signatures.member_id', '=', 'posts.member_id')
        .on('signatures.removed_at', 'is', null)
        .on('authors.pending_at', 'is', null)
        .on(eb => {
          const bans = eb
            .selectFrom('sanctions')
            .select('sanctions.id')
            .whereRef('sanctions.member_id', '=', 'authors.id')
            .where('sanctions.kind', '=', 'ban')
            .where('sanctions.ended_at', 'is', null)
          return eb.or([eb('authors.sanctioned_at', 'is', null), eb.not(eb.exists(bans))])
        }),
    )
    .leftJoin('members as editors', 'editors.id', 'posts.edited_by_id')
    .leftJoin('members as recommenders', 'recommenders.id', 'posts.recommended_by_id')
    .selectAll('posts')
    .select(['authors.name as member_name', 'authors.joined_at as member_joined'])
    .select(['authors.post_count', 'authors.posts_for_members', 'authors.posts_for_guests'])
    .select('signatures.html as signature_html')
    .select(['groups.name as group_name', 'authors.group_id as member_group_id'])
    .select(['editors.name as editor_name', 'recommenders.name as recommender_name'])
}

export type PostOnPage = Awaited<ReturnType<typeof publicPosts>>[number]

type Places = { topicId: number; from: number; to: number }

/** The public posts at these places, both ends included. */
export const publicPosts = hotQuery((db, given: Given<Places>) =>
  posts(db)
    .where('posts.topic_id', '=', given.topicId)
    .where('posts.place', '>=', given.from)
    .where('posts.place', '<=', given.to)
    .where('posts.position', 'is not', null)
    .orderBy('posts.place'),
)

/** The others at these places, at most so many. */
export const withdrawnPosts = hotQuery((db, given: Given<Places & { limit: number }>) =>
  posts(db)
    .where('posts.topic_id', '=', given.topicId)
    .where('posts.place', '>=', given.from)
    .where('posts.place', '<=', given.to)
    .where('posts.position', 'is', null)
    .where('posts.merged_into_id', 'is', null)
    .orderBy('posts.place')
    .orderBy('posts.created_at')
    .orderBy('posts.id')
    .limit(given.limit),
)

/** Those of them that one member wrote and that were not deleted. */
export const ownWithdrawnPosts = hotQuery((db, given: Given<Places & { limit: number; memberId: number }>) =>
  posts(db)
    .where('posts.topic_id', '=', given.topicId)
    .where('posts.place', '>=', given.from)
    .where('posts.place', '<=', given.to)
    .where('posts.position', 'is', null)
    .where('posts.member_id', '=', given.memberId)
    .where('posts.deleted_at', 'is', null)
    .orderBy('posts.place')
    .orderBy('posts.created_at')
    .orderBy('posts.id')
    .limit(given.limit),
)

/** The edits of posts at these places that wait for approval. */
export const proposedAtPlaces = hotQuery((db, given: Given<Places>) =>
  db
    .selectFrom('posts')
    .innerJoin('proposed_edits', 'proposed_edits.post_id', 'posts.id')
    .select(['proposed_edits.post_id', 'proposed_edits.member_id', 'proposed_edits.pending_reason'])
    .where('proposed_edits.rejected_at', 'is', null)
    .where('posts.topic_id', '=', given.topicId)
    .where('posts.place', '>=', given.from)
    .where('posts.place', '<=', given.to),
)

export type RecommendedPost = Awaited<ReturnType<typeof recommendedPosts>>[number]

/** A topic's public recommended posts in their order. */
export const recommendedPosts = hotQuery((db, given: Given<{ topicId: number; limit: number }>) =>
  db
    .selectFrom('posts')
    .leftJoin('members', 'members.id', 'posts.member_id')
    .select(['posts.id', 'posts.position', 'posts.text', 'posts.created_at', 'posts.member_id', 'posts.guest_name'])
    .select(['posts.recommended_note', 'members.name as member_name'])
    .where('posts.topic_id', '=', given.topicId)
    .where('posts.recommended_at', 'is not', null)
    .where('posts.position', 'is not', null)
    .orderBy('posts.position')
    .limit(given.limit),
)

const topicParts = hotQuery((db, given: Given<{ topicId: number }>) =>
  db
    .selectFrom('topics')
    .innerJoin('revisions', join => join.on('revisions.id', '=', 1))
    .select(['revisions.shell', 'revisions.permissions', 'revisions.counts', 'topics.revision'])
    .where('topics.id', '=', given.topicId),
)

/** What a topic's page, as guests see it, is valid for. null: there is no such topic. */
export async function topicRevision(db: Db, topicId: number): Promise<string | null> {
  const row = await topicParts.first(db, { topicId })
  return row ? [row.shell, row.permissions, row.counts, row.revision].join(' ') : null
}
