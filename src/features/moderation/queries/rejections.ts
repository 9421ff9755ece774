import { type Db, type Given, hotQuery } from '../../../platform/store/index.ts'
import { rejectedReason } from '../../topics/index.ts'

const most = 3

/** What a member wrote in a topic that was not accepted and still stands so, with the reason; the last ones first. */
export async function rejectionsOf(db: Db, topicId: number, memberId: number) {
  return rejections(db, { topicId, memberId })
}

const rejections = hotQuery((db, given: Given<{ topicId: number; memberId: number }>) =>
  db
    .selectFrom('moderation_log')
    .innerJoin('topics', 'topics.id', 'moderation_log.topic_id')
    .leftJoin('posts', join =>
      join.onRef('posts.id', '=', 'moderation_log.target_id').on('moderation_log.target_kind', '=', 'post'),
    )
    .leftJoin('proposed_edits', join =>
      join
        .onRef('proposed_edits.post_id', '=', 'moderation_log.target_id')
        .on('moderation_log.target_kind', '=', 'edit'),
    )
    .select(['moderation_log.target_kind as kind', 'moderation_log.reason'])
    .where('moderation_log.topic_id', '=', given.topicId)
    .where('moderation_log.act', '=', 'reject')
    .where('moderation_log.undone_at', 'is', null)
    .where(eb =>
      eb.or([
        eb.and([
          eb('moderation_log.target_kind', '=', 'topic'),
          eb('topics.member_id', '=', given.memberId),
          eb('topics.pending_reason', '=', rejectedReason),
        ]),
        eb.and([eb('posts.member_id', '=', given.memberId), eb('posts.pending_reason', '=', rejectedReason)]),
        eb.and([eb('proposed_edits.member_id', '=', given.memberId), eb('proposed_edits.rejected_at', 'is not', null)]),
      ]),
    )
    .orderBy('moderation_log.id', 'desc')
    .limit(most),
)
