import type { ForumView } from '../forum-page.ts'
import { topicFilters, topicOrders } from '../queries/listing.ts'

/** The order and filter that an address asks for; what we do not know counts as not said. Guests have no own topics. */
export function readForumView(
  query: { readonly sort?: unknown; readonly filter?: unknown },
  isMember: boolean,
): Pick<ForumView, 'order' | 'filter'> {
  const filter = topicFilters.find(name => name === query.filter) ?? null
  return {
    order: topicOrders.find(name => name === query.sort) ?? 'last',
    filter: filter === 'mine' && !isMember ? null : filter,
  }
}
