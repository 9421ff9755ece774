import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Tables } from '../../../platform/store/index.ts'

/** What someone sees of a forum's topics: all of them, or what is public and what is their own. */
export interface Sight<Id = number> {
  readonly everything: boolean
  readonly memberId: Id | null
}

/** The same rule as `canSeeTopic`, for lists. */
export function seenBy(sight: Sight<number | Expression<number>>) {
  return (eb: ExpressionBuilder<Tables, 'topics'>): Expression<SqlBool> => {
    if (sight.everything) return eb('merged_into_id', 'is', null)
    const isPublic = eb.and([eb('hidden_at', 'is', null), eb('deleted_at', 'is', null), eb('pending_at', 'is', null)])
    if (sight.memberId === null) return isPublic
    return eb.or([isPublic, eb.and([eb('member_id', '=', sight.memberId), eb('deleted_at', 'is', null)])])
  }
}
