import { idFrom } from '../../../platform/http/index.ts'
import { type ForumNode, topicOrders } from '../../forums/index.ts'
import type { ForumView } from '../forum-page.ts'
import { topicFilters } from '../queries/listing.ts'

/** What an address asks of a forum's list. */
export interface AskedView extends Pick<ForumView, 'filter'> {
  readonly order: ForumView['order'] | null
  readonly prefix: number | null
}

/**
 * The order and filter that an address asks for; what we do not know counts as not said. Guests have no own topics. Whether
 * the forum has such a prefix is for `viewIn` to say.
 */
export function readForumView(
  query: { readonly sort?: unknown; readonly filter?: unknown; readonly prefix?: unknown },
  isMember: boolean,
): AskedView {
  const filter = topicFilters.find(name => name === query.filter) ?? null
  return {
    order: topicOrders.find(name => name === query.sort) ?? null,
    filter: filter === 'mine' && !isMember ? null : filter,
    prefix: idFrom(query.prefix),
  }
}

/** The same in this forum: in its own order where none is asked for, and with a prefix that it has. */
export function viewIn(forum: ForumNode, asked: AskedView): Omit<ForumView, 'page'> {
  const prefix = forum.prefixes.find(({ id }) => id === asked.prefix)?.id ?? null
  return { ...asked, order: asked.order ?? forum.order, prefix }
}
