import type { Db } from '../../../platform/store/index.ts'

/** What is compared with a new text. */
export interface Earlier {
  readonly memberId: number | null
  readonly text: string
}

/** The beginnings of the latest posts, as far as they were written since then; of so many only the newest are looked at. */
export async function postsSince(
  db: Db,
  since: number,
  { most, longest }: { readonly most: number; readonly longest: number },
): Promise<Earlier[]> {
  const rows = await db
    .selectFrom('posts')
    .select(eb => [
      'member_id as memberId',
      'created_at',
      eb.fn<string>('substr', ['text', eb.lit(1), eb.lit(longest)]).as('text'),
    ])
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.filter(row => row.created_at > since)
}

/** Members who reported something, but no accounts that wait or have not proven their address: anybody makes such. */
function byMembers(db: Db) {
  return db
    .selectFrom('reports')
    .innerJoin('members', 'members.id', 'reports.member_id')
    .select(['members.id as memberId', 'members.joined_at as joinedAt', 'reports.created_at as at'])
    .where('members.pending_at', 'is', null)
    .where(eb => eb.or([eb('email_verified_at', 'is not', null), eb('email_demanded_at', 'is', null)]))
}

/** Those who did so in this case, with when they did and had joined. */
export async function reportersIn(db: Db, caseId: number) {
  return byMembers(db).where('case_id', '=', caseId).execute()
}

/** The latest posts that still have a text, before this one, newest first, as rules look at them. */
export async function latestPosts(db: Db, before: number | null, limit: number) {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .leftJoin('members', 'members.id', 'posts.member_id')
    .select(['posts.id', 'posts.member_id as memberId', 'members.group_id as groupId', 'posts.guest_name as guestName'])
    .select(['members.name as memberName', 'posts.html', 'posts.text', 'posts.created_at as at'])
    .select([
      'topics.id as topicId',
      'topics.forum_id as forumId',
      'topics.title',
      'topics.first_post_id as firstPostId',
    ])
    .where('posts.erased_at', 'is', null)
    .where('posts.merged_into_id', 'is', null)
    .$if(before !== null, query => query.where('posts.id', '<', before ?? 0))
    .orderBy('posts.id', 'desc')
    .limit(limit)
    .execute()
}

export type LatestPost = Awaited<ReturnType<typeof latestPosts>>[number]

/** Those of these posts before which their authors had written so many others already. */
export async function laterPosts(db: Db, postIds: readonly number[], earlier: number): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('posts')
    .select('posts.id')
    .where('posts.id', 'in', [...postIds])
    .where('posts.member_id', 'is not', null)
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('posts as others')
          .select('others.id')
          .whereRef('others.member_id', '=', 'posts.member_id')
          .whereRef('others.id', '<', 'posts.id')
          .orderBy('others.id')
          .limit(1)
          .offset(earlier - 1),
      ),
    )
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Members who reported one of these posts, whenever that was. */
export async function reportersOf(db: Db, postIds: readonly number[]) {
  return byMembers(db)
    .innerJoin('report_cases', 'report_cases.id', 'reports.case_id')
    .select('report_cases.post_id as postId')
    .where('report_cases.post_id', 'in', [...postIds])
    .execute()
}
